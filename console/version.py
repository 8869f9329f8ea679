"""Which version this is."""

from __future__ import annotations


def version() -> str:
    """Of the installed distribution; 0 in a checkout that is not installed."""
    # Reading it costs as much as opening the store, and only one option asks.
    from importlib import metadata

    try:
        return metadata.version("dispute-console")
    except metadata.PackageNotFoundError:
        return "0"
