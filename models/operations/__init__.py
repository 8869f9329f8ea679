"""Writes: one verb, one function, one transaction, one event. The actor first, then keyword arguments."""
