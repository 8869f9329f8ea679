"""How fast it is, as ratios against floors of the same run. Nothing here is a test: `python -m tests.bench`."""
