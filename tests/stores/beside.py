"""Another session of the same store, in the same process: its own thread with its own connection."""

from __future__ import annotations

from collections.abc import Callable

from models.gateway import Gateway


def beside(url: str, act: Callable[[], object]) -> None:
    """Do `act` there, and end that session."""
    gateway = Gateway(url)
    try:
        gateway.write(act).result(30)
    finally:
        gateway.close()
