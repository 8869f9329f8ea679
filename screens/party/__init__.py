"""One buyer or seller over time."""
