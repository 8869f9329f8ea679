"""Who acts."""

from __future__ import annotations

from models.dataclass import dataclass
from models.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at the keyboard, as the process that serves them knows them."""

    login: str
    role: Role
    name: str = ""
    session: str = ""
    """Distinguishes two sessions of one person in the audit."""
    key: str = ""
    """The fingerprint of the key by which they came in; empty for who opens the store directly."""


SWEEP = Actor("sweep", Role.SWEEP, "Sweep")
"""Whose acts those are that nobody decides on: time made them due. Its login is nobody's."""
