"""What a session that came in by a key may ask for is a closed list, and it names no file of the server."""

from __future__ import annotations

from argparse import Action, ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.arguments import NAMES_OF_FILES
from console.by_key import NOT_BY_KEY, OTHERS, file_arguments, roles_of
from console.commands import MODULES, command


def test_every_command_is_for_a_session_by_a_key_or_not() -> None:
    undecided = [name for name in MODULES if (roles_of(name) is None) == (name not in NOT_BY_KEY)]
    assert not undecided, "name them in console/by_key.py: in OTHERS with their roles, or in NOT_BY_KEY"
    assert set(OTHERS) | NOT_BY_KEY <= set(MODULES)


def test_who_may_is_said_in_words_where_no_roles_say_it() -> None:
    assert [name for name in NOT_BY_KEY if not command(name).who] == []


@pytest.mark.parametrize("name", MODULES)
def test_an_argument_that_takes_a_file_says_so(name: str) -> None:
    """The one thing by which a session by a key can tell it, and refuses a path."""
    parser = ArgumentParser()
    command(name).arguments(parser)
    named = {action.dest for action in file_arguments(parser)}
    paths = {action.dest for action in _all(parser) if action.type is Path or action.dest in NAMES_OF_FILES}
    assert paths - named <= ({"key"} if name == "authorized-keys" else set()), "write FILE in its metavar"


def _all(parser: ArgumentParser) -> Iterator[Action]:
    for action in parser._actions:
        yield action
        if isinstance(action, _SubParsersAction):
            for below in action.choices.values():
                yield from _all(below)
