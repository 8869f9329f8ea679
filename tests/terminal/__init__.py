"""The bytes at a terminal."""
