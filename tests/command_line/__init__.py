"""Commands, their output and their exit status."""
