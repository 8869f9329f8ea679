"""Messages that are written once and filled in from the case. A field that is not filled is never sent."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from models.dataclass import dataclass
from models.errors import Misused, Refused
from models.nearest import nearest
from models.vocabulary import Audience

FIELDS: dict[str, str] = {
    "case": "our code of the case",
    "order": "the order's reference",
    "item": "what was bought",
    "reason": "what the buyer complains of",
    "amount": "the disputed amount with its currency",
    "remedy": "what the buyer asks for",
    "buyer_name": "the buyer's name, else their reference",
    "seller_name": "the seller's name, else their reference",
    "claim": "the claim in the buyer's words",
    "seller_due": "until when the seller's answer is awaited",
    "resolution_due": "until when we have promised a result",
    "carrier": "who carries the parcel",
    "tracking_no": "the parcel's number",
    "buyer_missing": "the evidence that the buyer has not shown",
    "seller_missing": "the evidence that the seller has not shown",
    "refused_because": "why a claim was refused",
    "items": "what a party is asked for, a line each",
    "answer_due": "until when what was asked for is awaited",
    "offer": "what is proposed",
    "offer_until": "until when a proposal can be accepted",
    "refund": "what the buyer gets once the goods are back",
    "return_due": "until when the goods are to be on their way",
    "confirm_days": "how many days the seller has to look at them",
    "freight": "who pays for the way back",
    "extra": "an amount that is paid as goodwill",
    "party_name": "whom a warning or a suspension is about",
    "until": "the end of a suspension",
}
"""What a template may name in braces."""
FIELD = r"\{([a-z_]+)\}"
DEFAULT_LANGUAGE = "en"

_FILE = Path(__file__).parent.parent / "templates" / "messages.toml"


@dataclass(frozen=True, slots=True)
class Template:
    name: str
    label: str
    audiences: tuple[Audience, ...]
    """Whom it may go to."""
    texts: dict[str, str]
    """By language, such as `en`."""

    @property
    def fields(self) -> tuple[str, ...]:
        """What its texts name, in the order of the list of fields."""
        named = {name for text in self.texts.values() for name in re.findall(FIELD, text)}
        return tuple(name for name in FIELDS if name in named)

    def language_for(self, wanted: str) -> str:
        """`wanted`, such as `pt-BR`, or its main language, or ours."""
        tags = (wanted.lower(), wanted.lower().partition("-")[0], DEFAULT_LANGUAGE)
        return next(tag for tag in tags if tag in self.texts)


@cache
def templates() -> dict[str, Template]:
    """Every template by its name, read once."""
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {
        name: Template(
            name, each["label"], tuple(map(Audience, each["to"])),
            {tag.lower(): text.strip() for tag, text in each["text"].items()},
        )
        for name, each in table.items()
    }  # fmt: skip


def template(name: str) -> Template:
    """Raises Misused, which proposes the nearest name."""
    found = templates().get(name)
    if found is None:
        near = nearest(name, templates())
        hint = f"did you mean {near}?" if near else "'disputes templates' lists them."
        raise Misused(f"There is no template '{name}': {hint}")
    return found


def filled(chosen: Template, language: str, values: Mapping[str, str]) -> str:
    """The text with its fields filled in. Raises Refused (`unfilled_field`), naming each field that has no value."""
    text = chosen.texts[chosen.language_for(language)]
    empty = [name for name in dict.fromkeys(re.findall(FIELD, text)) if not values.get(name, "").strip()]
    if empty:
        raise Refused(
            "unfilled_field",
            f"Template {chosen.name} needs {', '.join(empty)}, which this case does not have: write the text yourself.",
        )
    return re.sub(FIELD, lambda match: values[match[1]], text)


def check_filled(text: str) -> None:
    """Raise Refused (`unfilled_field`) where somebody left the name of a field in their own text."""
    left = [name for name in re.findall(FIELD, text) if name in FIELDS]
    if left:
        raise Refused("unfilled_field", f"The text still holds {{{left[0]}}}: write what belongs there.")
