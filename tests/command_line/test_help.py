"""Help that is true: every command has it, and its example is one that the command takes."""

from __future__ import annotations

import runpy
import shlex

import pytest

from console.commands import MODULES, command, summary
from console.running import Parser
from tests.command_line.run import ROOT, in_process

NOWHERE = "sqlite:////nowhere/store.db"


@pytest.mark.parametrize("name", MODULES)
def test_the_help_of_every_command_has_an_example_that_it_takes(name: str) -> None:
    ended = in_process(NOWHERE, name, "--help")
    example = command(name).example
    assert (ended.status, ended.err) == (0, "")
    assert example in ended.out and summary(name) in ended.out
    program, said, *words = shlex.split(example.partition(" | ")[0])  # what follows is another program's
    assert (program, said) == ("disputes", name)
    parser = Parser(prog=name)
    command(name).arguments(parser)
    parser.parse_args(words)


def test_the_whole_help_lists_every_command_and_status_and_needs_no_store() -> None:
    for word in ("--help", "-h"):
        ended = in_process(NOWHERE, word)
        assert ended.status == 0
        assert all(f"  {name} " in ended.out for name in MODULES)
        assert all(f"{status} " in ended.out for status in range(7))
    assert in_process(NOWHERE, "--version").out.startswith("disputes ")


def test_the_page_of_commands_is_what_the_commands_say() -> None:
    maker = runpy.run_path(str(ROOT / "docs" / "make_commands.py"))
    assert maker["PAGE"].read_text("utf-8") == maker["page"](), "run: python docs/make_commands.py"
