"""Verbs, on both engines."""
