"""A public key that somebody hands in: a file, or standard input."""

from __future__ import annotations

import os
import sys

from models.errors import Misused
from models.rules.public_keys import LONGEST, PublicKey, public_key


def given_key(name: str) -> PublicKey:
    """The key in the file of that name, or for `-` on standard input. Raises Misused and Refused."""
    data = sys.stdin.buffer.read(LONGEST + 1) if name == "-" else _read(name)
    return public_key(data.decode("utf-8-sig", "surrogateescape"))


def _read(name: str) -> bytes:
    try:
        # A pipe or a terminal of that name would be waited for.
        with os.fdopen(os.open(name, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            return file.read(LONGEST + 1) or b""
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) else "it is no name of a file"
        raise Misused(f"The key in '{name}' cannot be read: {said}.") from error
