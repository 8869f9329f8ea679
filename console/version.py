"""Which version this is. The build reads it here, so that no command has to look for what was installed."""

VERSION = "0.1.0"
