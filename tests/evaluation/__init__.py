"""How good the extraction is: `python -m tests.evaluation [FOLDER]`."""
