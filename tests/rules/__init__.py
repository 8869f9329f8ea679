"""Verdicts of the pure rules."""
