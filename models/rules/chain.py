"""How events hang together: each holds the hash of the one before it, so that none can be changed unnoticed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

LINKED = ("previous_hash", "seq", "recorded_at", "occurred_at", "actor", "session", "verb", "dispute_id", "body")
"""The fields that a hash covers, in this order."""
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode
"""Made once: `dumps` makes an encoder for each call."""


def canonical(body: dict[str, Any] | list[dict[str, Any]]) -> str:
    """JSON in one fixed spelling, so that the same body always has the same hash."""
    return _encode(body)


def link(values: Iterable[Any]) -> str:
    """SHA-256 over an event's `LINKED` values as they are stored, each with its length in front of it."""
    parts: list[bytes] = []
    for value in values:
        data = b"" if value is None else str(value).encode("utf-8", "surrogatepass")
        parts += (len(data).to_bytes(8, "big"), data)
    return hashlib.sha256(b"".join(parts)).hexdigest()
