"""Copies of cases: one is made for every change, and `copy.deepcopy` takes as long as the change itself."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar

Value = TypeVar("Value")


def copied(value: Value) -> Value:
    """A value of its own with everything in it that can be changed; what cannot is shared."""
    if isinstance(value, list):
        return [copied(each) for each in value]  # type: ignore[return-value]
    if isinstance(value, dict):
        return {key: copied(each) for key, each in value.items()}  # type: ignore[return-value]
    kind: Any = value.__class__
    names = _changing(kind)
    if not names:
        return value
    own: Value = object.__new__(kind)
    for name in names:
        setattr(own, name, copied(getattr(value, name)))
    return own


@cache
def _changing(kind: Any) -> tuple[str, ...]:
    """The fields of a dataclass that is not frozen, which has no hash for that; none of anything else."""
    return tuple(each.name for each in fields(kind)) if is_dataclass(kind) and kind.__hash__ is None else ()
