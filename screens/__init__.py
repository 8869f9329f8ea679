"""What an agent sees. Textual lives here; SQL does not."""
