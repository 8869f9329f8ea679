"""Files of evidence: taken in, kept, shown."""
