"""Why a buyer disputes, as files put it: our code, or a phrase of `synonyms.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from models.dataclass import dataclass
from models.errors import Refused
from models.vocabulary import REASON_CODES, UNSPECIFIED, Remedy
from seed.nearest import did_you_mean, shown

_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class ReadReason:
    code: str
    """`family/sub`"""
    remedy: Remedy | None = None
    """What the phrase asks for, where it asks for something."""

    @property
    def needs_triage(self) -> bool:
        return self.code == UNSPECIFIED


@cache
def _known() -> dict[str, ReadReason]:
    table = tomllib.loads((Path(__file__).parent / "synonyms.toml").read_text(encoding="utf-8"))
    remedies: dict[str, str] = table["remedies"]
    known = {code: ReadReason(code) for code in REASON_CODES}
    for phrase, code in table["phrases"].items():
        remedy = remedies.get(phrase)
        known[phrase] = ReadReason(code, Remedy(remedy) if remedy else None)
    return known


def reason(text: str) -> ReadReason:
    """Raises Refused (`unknown_reason`) for a text that is neither; it is never guessed."""
    known = _known()
    found = known.get(text) or known.get(text.lower()) or known.get(_SIGNS.sub(" ", text.casefold()).strip())
    if found is None:
        hint = did_you_mean(text, known) or ": use one of our codes such as not_received/lost."
        raise Refused("unknown_reason", f"{shown(text)} is no reason we know{hint}")
    return found
