"""The case that somebody names, without the rest of it: whoever writes needs no more."""

from __future__ import annotations

import re

from models.errors import Misused, NotFound
from models.tables import Dispute

CODE = r"[Cc]([0-9]{1,18})"


def find(text: str) -> int:
    """The number of the case that `text` names: our code, such as `C12`, or `source:ref`. Raises NotFound, Misused."""
    text = text.strip()
    if match := re.fullmatch(CODE, text):
        found = Dispute.select(Dispute.id).where(Dispute.id == int(match[1])).first()
    elif ":" in text and "\x00" not in text and text.isprintable():
        source, _, ref = text.partition(":")
        found = Dispute.select(Dispute.id).where((Dispute.source == source) & (Dispute.ref == ref)).first()
    else:
        raise Misused(
            f"{text[:60]!r} names no case: write its code, such as C12, or its source and ref as shop:D-1001."
        )
    if found is None:
        raise NotFound(f"There is no case {text[:60]!r} in this store: look for it with 'disputes queue --where'.")
    return int(found.id)


def currency_of(dispute_id: int) -> str:
    """The currency that amounts of the case are in. Raises NotFound."""
    own = Dispute.select(Dispute.currency).where(Dispute.id == dispute_id).first()
    if own is None:
        raise NotFound(f"There is no case C{dispute_id}.")
    return str(own.currency)
