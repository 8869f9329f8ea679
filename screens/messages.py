"""What a message to the parties asks for: own words, or a template that the case fills in."""

from __future__ import annotations

from models.actor import Actor
from models.errors import Refused
from models.operations import talking
from models.operations.change import Change
from models.rules.templates import templates
from models.vocabulary import Audience
from screens.shared.form import Answers, Field
from screens.subject import Subject

OWN = "own_words"


def fields(subject: Subject) -> tuple[Field, ...]:
    return (
        Field("audience", "to", ("buyer", "seller", "both"), value="buyer"),
        Field("text", "text", is_long=True),
        Field("template", "or template", (OWN, *templates()), value=OWN),
    )


def send(actor: Actor, subject: Subject, answers: Answers) -> Change:
    """Raises Refused where both were filled in: only one of them would go out."""
    name, text = _template(answers), answers["text"]
    if name and text.strip():
        raise Refused("text", f"A message is your own words or template {name}: empty the text, or choose own words.")
    return talking.message(
        actor, case=subject.dispute_id, audience=Audience(answers["audience"]), text=text, template=name
    )


def command(subject: Subject, answers: Answers) -> list[str]:
    name = _template(answers)
    said = ["--template", name] if name else ["--text", answers["text"]]
    return ["--to", answers["audience"], *said]


def _template(answers: Answers) -> str:
    chosen = answers.get("template", OWN)
    return "" if chosen == OWN else chosen
