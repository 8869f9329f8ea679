"""What an agent sees and presses."""
