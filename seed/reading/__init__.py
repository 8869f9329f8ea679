"""From bytes to raw rows: encodings, quoting, JSON; nothing here knows what a case is."""
