"""The policy by versions."""
