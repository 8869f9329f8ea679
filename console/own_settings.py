"""Settings that go with a person: kept in the store, so that they count from wherever somebody comes in.

Over SSH everybody shares one account, and its file of settings with it.
"""

from __future__ import annotations

from typing import Any

from console.settings import KINDS, checked
from models.actor import Actor
from models.errors import Misused
from models.operations.drafts import save_draft
from models.queries.drafts import draft

PLACE = "settings"
OWN = ("timezone", "color", "fps", "plain", "mouse", "pictures")
"""Those that tell how the console looks; where the store is, is not a person's to say."""
_FLAGS = {"true": True, "false": False}


def own_settings(login: str) -> dict[str, Any]:
    """What the person has set. Raises Misused for what was possible once, and is no more."""
    kept = draft(login, PLACE) or {}
    checked(kept, f"{login}'s settings ('disputes settings KEY default' takes one back)")
    return kept


def set_own(actor: Actor, key: str, text: str | None) -> None:
    """Keep what the text says; None takes it back. Raises Misused, which says what would be right."""
    if key not in OWN:
        raise Misused(f"'{key}' is no setting of a person; {', '.join(OWN)} are.")
    kept = draft(actor.login, PLACE) or {}
    if text is None:
        kept.pop(key, None)
    else:
        kept[key] = _value(key, text)
        checked({key: kept[key]}, "Nothing was kept")
    save_draft(actor, place=PLACE, fields=kept)


def _value(key: str, text: str) -> Any:
    if KINDS[key] is bool:
        return _FLAGS.get(text, text)
    return int(text) if KINDS[key] is int and text.isascii() and text.isdigit() and len(text) < 9 else text
