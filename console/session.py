"""Who acts on which store, for one command."""

from __future__ import annotations

import os
import pwd
from collections.abc import Mapping
from dataclasses import field
from typing import Any

from models.actor import Actor
from models.dataclass import dataclass
from models.vocabulary import Role

SSH_SESSION = "ssh-session"
"""The word by which a key's line starts a session; for the server's configuration, not for people."""


@dataclass(frozen=True, slots=True)
class Session:
    """What a command needs to know of the process around it."""

    url: str
    login: str
    key: str = ""
    """The fingerprint of the key that they came in by; empty for who opens the store directly."""
    token: str = field(default_factory=lambda: os.urandom(4).hex())
    """Tells what belongs together in the chain of events."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """Settings of the console that the command line gives, by their names."""

    def actor(self) -> Actor:
        """Open the store and find the person in it. Raises StoreUnavailable and NotAllowed."""
        from models.database import open_store
        from models.operations.presence import present

        open_store(self.url)
        return present(self.claimed)

    @property
    def claimed(self) -> Actor:
        """The person before the store was asked; the role counts for nothing until then."""
        return Actor(self.login, Role.AUDITOR, session=self.token, key=self.key)


def system_login() -> str:
    """The operating system's user, by its number: `USER` and `LOGNAME` are anybody's word."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid{os.getuid()}"
