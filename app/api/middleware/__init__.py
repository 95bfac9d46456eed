"""What every request passes on its way to a route. `app.main` lists the layers in their order."""
