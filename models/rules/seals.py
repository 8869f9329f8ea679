"""Seals: what the chain of events looked like at an instant, to be kept where the store's owner cannot reach it.

Whoever has the store's file can rebuild the whole chain, and it verifies; against a seal from before it does not.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from models.dataclass import dataclass
from models.errors import Misused
from models.rules.chain import canonical


@dataclass(frozen=True, slots=True)
class Seal:
    """The events `first` to `last`."""

    first: int
    last: int
    count: int
    head: str
    """The hash of the last one."""
    sealed_at: str
    """ISO 8601, UTC."""
    signature: str = ""
    """Over `signed`; empty where no key was given."""

    @property
    def signed(self) -> bytes:
        """What a signature covers."""
        body = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "signature"}
        return canonical(body).encode()

    @property
    def line(self) -> str:
        """One line of JSON, to be kept."""
        return canonical({each.name: getattr(self, each.name) for each in fields(self)})


def seal_from(line: str, number: int) -> Seal:
    """The seal on line `number` of a file of seals. Raises Misused."""
    try:
        told: Any = json.loads(line)
        seal = Seal(**told)
        numbers = (seal.first, seal.last, seal.count)
        is_one = all(isinstance(each, int) for each in numbers) and isinstance(seal.head, str)
        is_one &= isinstance(seal.signature, str) and isinstance(seal.sealed_at, str)
    except (ValueError, TypeError, RecursionError):
        is_one = False
    if not is_one:
        raise Misused(f"Line {number} is no seal: 'disputes audit seal' writes one a line.")
    return seal
