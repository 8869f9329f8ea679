"""Who comes in, by what, and what they cannot do there."""
