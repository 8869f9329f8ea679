"""What the query language finds, pages, counts and reports."""
