"""Numbered, frozen, run by `disputes migrate` only."""
