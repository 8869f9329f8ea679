"""What leaves by standard output and by file."""
