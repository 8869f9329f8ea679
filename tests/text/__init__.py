"""Foreign text made harmless."""
