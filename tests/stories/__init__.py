"""Long stories, from the file to the last payment."""
