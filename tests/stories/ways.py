"""A story played twice, step by step: by commands, and by the keys of the screens, which must come to the same."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby
from typing import Any

from models import clock
from models.actor import Actor
from models.database import close_store, open_store
from models.queries.case_file import case_file
from models.vocabulary import Role
from screens.decision.screen import DecisionScreen
from screens.intake.screen import IntakeScreen
from screens.shared.choices import Choices
from screens.shared.form import FormDialog
from tests.screens.seat import Seat, seat
from tests.stories.desk import OPENED, PEOPLE, Desk

CASE = "C2"
"""The case of every story; C1 only brought its order."""
ROLES = {"sue": "supervisor", **dict(PEOPLE)}
MOST_TABS = 30
MOST_LETTERS = 40


@dataclass(frozen=True)
class Step:
    """What somebody does on a day. The words are those that the screen shows for it too."""

    day: float
    login: str
    words: tuple[str, ...]
    keys: str
    """The verb's; `^s` sends the form behind it."""
    answers: dict[str, str] = field(default_factory=dict)
    """What is filled in, by the names of the fields."""
    files: dict[str, str] = field(default_factory=dict)
    """What the buyer shows before there is a case: paths by their kinds."""
    is_asked: bool = False
    """It cannot be undone, so there is a question, which has the focus on Cancel."""
    sees: tuple[str, ...] = ()
    """What stands in the dry run, in the question, or in what is signed."""


def by_commands(desk: Desk, steps: Iterable[Step]) -> None:
    for step in steps:
        desk.done(step.day, *(_filled(desk, step, word) for word in step.words), login=step.login)


async def by_keys(desk: Desk, steps: Iterable[Step]) -> None:
    """Each person in a session of their own, which ends when another goes on."""
    for login, theirs in groupby(steps, lambda step: step.login):
        actor = Actor(login, Role(ROLES[login]), login.title())
        own = list(theirs)
        with clock.stands_at(OPENED + timedelta(days=own[0].day)):
            async with seat(desk.url, actor=actor) as sat:
                for step in own:
                    with clock.stands_at(OPENED + timedelta(days=step.day)):
                        await _do(desk, sat, step)


async def _do(desk: Desk, sat: Seat, step: Step) -> None:
    shown = sat.desk.last_command
    if step.keys != "N":
        await sat.write(f":{CASE}\n")
    await sat.press(*step.keys.split(" "))
    await _fill(sat, step.answers)
    for kind, path in step.files.items():
        await sat.press("ctrl+o")
        await _fill(sat, {"path": path, "kind": kind})
        await sat.press("ctrl+s")
    if step.answers:
        await sat.press("ctrl+s")
    if step.is_asked:
        read = await _read(sat)
        assert all(part in read for part in step.sees), read
        await sat.press("right", "enter")
    await sat.rest()
    said = [sat.desk.last_command, sat.text()]
    assert sat.desk.last_command != shown or step.words[0] == "claim", said
    assert shlex.split(sat.desk.last_command)[1:] == [_filled(desk, step, word) for word in step.words], said


async def _fill(sat: Seat, answers: dict[str, str]) -> None:
    """By tab from field to field."""
    for name, value in answers.items():
        await _go_to(sat, name)
        widget = sat.desk.focused
        if not isinstance(widget, Choices):
            await sat.press_only("ctrl+u")
            await sat.paste(value)
        elif widget.is_many:
            for word in value.split():
                await _seek(sat, widget, word)
        elif widget.typed_text != value:
            await _seek(sat, widget, value)
        assert getattr(sat.desk.focused, "typed_text", "") == value, (name, sat.text())


async def _go_to(sat: Seat, name: str) -> None:
    screen: Any = sat.desk.screen
    assert isinstance(screen, FormDialog | DecisionScreen | IntakeScreen), sat.text()
    fields = screen._fields if isinstance(screen, FormDialog) else screen._widgets
    for _ in range(MOST_TABS):
        if sat.desk.focused is fields[name]:
            return
        await sat.press_only("tab")
    raise AssertionError(f"tab does not come to {name}:\n{sat.text()}")


async def _seek(sat: Seat, choices: Choices, value: str) -> None:
    """By the first letter of what is shown, or an arrow, again and again; of several, space takes it."""
    sign = choices._label(value)[0].lower()
    for _ in range(MOST_LETTERS):
        await sat.press_only(sign if sign.isalpha() else "right")
        if choices.values[choices._at] == value:
            break
    if choices.is_many:
        await sat.press("space")


async def _read(sat: Seat) -> str:
    """Page by page, before anything is answered."""
    pages = [sat.text()]
    for _ in range(9):
        await sat.press("pagedown")
        if sat.text() == pages[-1]:
            break
        pages.append(sat.text())
    return "\n".join(pages)


def _filled(desk: Desk, step: Step, word: str) -> str:
    """With the digest of what waits, or was just signed, where it is named."""
    if word != "{hash}":
        return word
    open_store(desk.url)
    try:
        return str(case_file(int(CASE[1:])).decisions[-1].hash[:12])
    finally:
        close_store()


def told(desk: Desk, day: float) -> Any:
    """The case as it is shown, without what no two cases share."""
    return _without_ids(desk.runs(day, "show", CASE, "--format", "json", login="ada").object)


def _without_ids(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_ids(each) for key, each in value.items() if key not in IDS}
    if isinstance(value, list):
        return [_without_ids(each) for each in value]
    return re.sub(r"\b[0-9a-f]{12,64}\b", "…", value) if isinstance(value, str) else value


IDS = frozenset({"ref", "hash", "seq", "event", "id"})


def differences(one: Any, other: Any, at: str = "case") -> list[str]:
    """Where two cases are not the same, and how."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return [line for key in one for line in differences(one[key], other[key], f"{at}.{key}")]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [
            line for key, pair in enumerate(zip(one, other, strict=True)) for line in differences(*pair, f"{at}[{key}]")
        ]
    return [] if one == other else [f"{at}: {one!r} != {other!r}"]
