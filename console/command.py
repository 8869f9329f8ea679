"""One command: its arguments, an example, and what it does."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from console.session import Session
from models.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """`run` returns the exit status, or raises an error that has one."""

    summary: str
    example: str
    run: Callable[[Session, Namespace], int]
    arguments: Callable[[ArgumentParser], None] = lambda parser: None
    who: str = "everybody of the desk"
    """Who may, in words; where a command is an action on a case, the table of transitions says it instead."""
