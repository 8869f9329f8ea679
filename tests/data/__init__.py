"""Tables, queries and migrations, on both engines."""
