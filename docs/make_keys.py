"""Writes `keys.md` from the registry of verbs: `python docs/make_keys.py`; a test says when it is due."""

from __future__ import annotations

import sys
from pathlib import Path

PAGE = Path(__file__).with_name("keys.md")
sys.path.insert(0, str(PAGE.parents[1]))

from screens.shared.help import MOVING, SIGNS  # noqa: E402
from screens.verbs import VERBS, Place, Verb  # noqa: E402

HEAD = """\
# Keys

A verb has the same key on every screen. `?` shows the keys that work here and now, and why the others do not; a key
that is off says why when it is pressed. A verb marked `!` cannot be undone: it asks first, with the consequence in the
question. Behind `:` every verb goes by its name.
"""


def page() -> str:
    """The whole text."""
    places = " | ".join(Place)
    lines = [HEAD, f"| key | verb | | {places} |", f"|---|---|---|{':-:|' * len(Place)}", *map(_row, VERBS)]
    lines += ["", "## Moving", "", "| key | |", "|---|---|", *(f"| `{keys}` | {what} |" for keys, what in MOVING)]
    lines += ["", "## Signs", "", "| sign | |", "|---|---|", *(f"| `{sign}` | {what} |" for sign, what in SIGNS)]
    return "\n".join(lines) + "\n"


def _row(verb: Verb) -> str:
    danger = "! " if verb.is_dangerous else ""
    places = " | ".join("•" if place in verb.places else "" for place in Place)
    return f"| {verb.keys_shown} | {danger}{verb.id} | {verb.tooltip} | {places} |"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
