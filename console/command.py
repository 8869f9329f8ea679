"""One command: an example, its arguments, and what runs."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from console.session import Session
from models.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """`run` returns the exit status, or raises an error that has one."""

    example: str
    run: Callable[[Session, Namespace], int]
    arguments: Callable[[ArgumentParser], None] = lambda parser: None
    who: str = ""
    """Who may, in words, where the roles alone do not say it: those are in the table of transitions and in `by_key`."""
