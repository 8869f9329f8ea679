"""Policies of a test's own, beside the shipped one, as a store would bring them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from models.rules import policy, policy_file

SHIPPED = policy.SHIPPED_FILE.read_text("utf-8")


def changed(*changes: tuple[str, str], more: str = "") -> str:
    """The shipped policy with each first text replaced, and with more at its end."""
    text = SHIPPED
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return f"{text}\n{more}"


@contextmanager
def policies(*texts: str) -> Iterator[None]:
    """Versions 2, 3, … of the policy, each of which would be taken."""
    numbered = dict(enumerate(texts, 2))
    for version, text in numbered.items():
        policy_file.new(text, version)
    policy.know(numbered, lambda version: None)
    try:
        yield
    finally:
        policy.know({}, lambda version: None)
