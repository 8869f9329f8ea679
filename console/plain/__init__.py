"""The console as lines, for a screen reader and for a line that draws nothing well."""
