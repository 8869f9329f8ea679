"""Any words behind any command, in a session by a key: an answer or a sentence, and nothing of the host is touched."""

from __future__ import annotations

import os
import shlex
import shutil
from argparse import Action, ArgumentParser, _SubParsersAction
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.__main__ import _told
from console.by_key import roles_of
from console.commands import MODULES, command
from console.running import run_command
from console.session import Session
from console.way_in import asked_for
from models.database import close_store, open_store
from models.errors import DeskError
from models.queries.audit import verify
from tests.access.samples import ECDSA_256, ED25519, FINGERPRINTS, OTHER
from tests.command_line.cases import NASTY
from tests.command_line.conftest import desk_template  # noqa: F401 - the same people and cases
from tests.command_line.run import Ended, in_process, looked_at, ran

KEYS = {"sue": ED25519, "anna": OTHER, "ada": ECDSA_256}
COMMANDS = [name for name in MODULES if roles_of(name)]
VALUES = (
    "", " ", "-", "--", "---", "C1", "C4", "C6", "C11", "C0", "C-1", "C" + "9" * 30, "shop:D-1", ":", "shop:", "1", "0",
    "-1", "1e309", "NaN", "1.005", "12.50", "9" * 30, "1,000.00", "٣", "²", "1_000", "2026-03-01", "2026-02-30",
    "0001-01-01", "9999-12-31T23:59:59Z", "2026-03-01T09:00:00+99:99", "3d", "9" * 12 + "d", "-3d", "today", "anna",
    "ben", "sweep", "decisions", "packet", "list", "add", "home", "is:overdue", "is:", "amount>1e9", '"', "(", "not",
    "a" * 300, "x" * 5000, NASTY, "\udcff", "a\n", "\t", "\u202e", "\U000e0041", "%s%n{0}", "';DROP TABLE event;--",
    "$(touch x)", "`touch x`", "; touch x", "| touch x", "../../etc/passwd", "/etc/passwd", "x", "/dev/zero", "=1+1",
    "damaged/item_damaged", "P|c|a|s|f", "||||", "repair_cost=5", "=", "kind=1%", "Europe/Berlin", "../x",
    "Mon 25:00-26:00", "2026-01-02T00:00:00Z/2026-01-01T00:00:00Z", "full_refund", "seller", "buyer", "both", "csv",
    "xlsx", "b1", "s1", "-s|9", "@b", "resolution", "photo_item", "other", "7",
)  # fmt: skip
INPUTS = (
    b"", b"x", b"\xff\xfe", NASTY.encode(), b"case_ref,order_ref\r\nX,Y\r\n", b"\0", b"[" * 3000, b"= 1\n[x", b"{}",
)  # fmt: skip
WORD = st.one_of(st.sampled_from(VALUES), st.text(max_size=12))


@st.composite
def words(draw: st.DrawFn) -> list[str]:
    """A command and arguments that it knows, with values that it may not."""
    name = draw(st.sampled_from(COMMANDS))
    parser = ArgumentParser(add_help=False)
    command(name).arguments(parser)
    return [name, *_arguments(draw, parser)]


def _arguments(draw: st.DrawFn, parser: ArgumentParser) -> list[str]:
    found: list[str] = []
    for action in parser._actions:
        if isinstance(action, _SubParsersAction):
            goes_on = draw(st.integers(0, 9)) > 0
            if action.choices and goes_on:
                below: str = draw(st.sampled_from(sorted(map(str, action.choices))))
                parser_below: ArgumentParser = action.choices[below]
                found += [below, *_arguments(draw, parser_below)]
        elif not action.option_strings:
            found += draw(st.lists(_value(action), min_size=1, max_size=2))
        elif draw(st.integers(0, 9)) < (9 if action.required else 3):
            option = draw(st.sampled_from(action.option_strings))
            value = None if action.nargs == 0 else draw(_value(action))
            found += [option] if value is None else [f"{option}={value}"] if draw(st.booleans()) else [option, value]
    return found


def _value(action: Action) -> st.SearchStrategy[str]:
    return st.one_of(WORD, st.sampled_from(sorted(map(str, action.choices)))) if action.choices else WORD


@pytest.fixture(scope="module")
def url(desk_template: Path, tmp_path_factory: pytest.TempPathFactory) -> str:  # noqa: F811
    """A store that all examples share, whose people have keys."""
    found = f"sqlite:///{shutil.copy(desk_template, tmp_path_factory.mktemp('words') / 'desk.db')}"
    for login, key in KEYS.items():
        assert in_process(found, "agents", "key", login, "-", stdin=key).status == 0
    return found


def by_key(url: str, login: str, line: list[str], stdin: bytes) -> Ended:
    session = Session(url, login, FINGERPRINTS[KEYS[login]], "fuzz")

    def entry() -> int:
        try:
            return run_command(session, line[0], line[1:])
        except DeskError as error:
            return _told(error)
        finally:
            close_store()

    return looked_at(ran(entry, stdin), tuple(" ".join(line).replace("=", " ").split()))


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(line=words(), login=st.sampled_from(sorted(KEYS)), stdin=st.sampled_from(INPUTS))
def test_any_words_are_answered_and_touch_nothing(
    line: list[str], login: str, stdin: bytes, url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    here, before = os.getcwd(), tmp_path_factory.mktemp("here")
    os.chdir(before)
    try:
        by_key(url, login, line, stdin)
    finally:
        os.chdir(here)
    assert not list(before.iterdir()), "no file of theirs is made where the session runs"


def test_after_all_of_them_the_chain_is_whole(url: str) -> None:
    open_store(url)
    assert verify().first_bad_seq is None
    assert in_process(url, "doctor").status in (0, 1)


def _can_be_typed(word: str) -> bool:
    return all(sign in "\n\t" or sign.isprintable() or sign >= "\xa0" for sign in word)


@given(st.lists(WORD.filter(_can_be_typed), min_size=1))
def test_words_that_are_quoted_for_a_shell_arrive_as_they_were(line: list[str]) -> None:
    line = ["note", *line]
    assert asked_for(shlex.join(line)) == (line, {})


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("policy", "list", "--format=--"), "'--format' takes a value"),
        (("open", "--reason", "x", "--override=--", "--draft"), "'--override' takes a value"),
        (("templates", "--out", "a" * 300), "File name too long"),
        (("queue", "--out", f"{'a' * 300}/x"), "File name too long"),
        (("import", "CASES", "--rejects", "a" * 300), "File name too long"),
        (("import", "CASES", "--rejects", f"{'a' * 300}/x"), "File name too long"),
    ],
)
def test_what_was_found_so_is_told_in_a_sentence(line: tuple[str, ...], said: str, url: str, tmp_path: Path) -> None:
    cases = tmp_path / "cases.csv"
    cases.write_text("case_ref,order_ref,opened_at,buyer_ref,seller_ref,reason,amount,currency\n")
    told = partial(in_process, url)(*(str(cases) if word == "CASES" else word for word in line))
    told.refused(2, said)
