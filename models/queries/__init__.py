"""Reads: frozen rows for a screen's question, in a fixed number of selects."""
