"""Lengths of time as people add them up."""

from __future__ import annotations


def hours(seconds: int) -> str:
    """`62:30:00`: hours, minutes and seconds, however many hours."""
    sign, whole = ("-" if seconds < 0 else ""), abs(seconds)
    return f"{sign}{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
