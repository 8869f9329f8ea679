"""The ruling."""
