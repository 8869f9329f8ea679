"""What the shape of the code promises: layers, sizes, and the one door for text."""
