"""Rows and objects on their way out: table, JSON, JSON Lines, CSV, Markdown."""
