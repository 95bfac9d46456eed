"""What knows HTTP: one thin router a collection, parameters, pages, problems, the docs page."""
