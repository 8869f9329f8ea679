"""By what is tested; each test names the behaviour it would miss."""
