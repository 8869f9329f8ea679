"""Writes `commands.md` from the commands themselves: `python docs/make_commands.py`. A test says when to run it."""

from __future__ import annotations

import sys
from argparse import SUPPRESS, Action, ArgumentParser, _HelpAction, _SubParsersAction
from collections.abc import Iterator
from pathlib import Path

PAGE = Path(__file__).with_name("commands.md")
sys.path.insert(0, str(PAGE.parents[1]))

from console.__main__ import USAGE  # noqa: E402
from console.by_key import EVERYBODY, roles_of  # noqa: E402
from console.commands import MODULES, command, summary  # noqa: E402
from console.settings import COLORS  # noqa: E402
from models.rules.duties import DUTIES  # noqa: E402

INTRODUCTION = f"""\
# Commands

    {USAGE}

Made from the commands themselves by `docs/make_commands.py`. `disputes COMMAND --help` says the same.
`disputes` alone, in a terminal, opens the console; a pipe never gets a screen, a question or a colour.

| option | |
|---|---|
| `--db URL` | `sqlite:///path` or `postgresql://…`; else `DISPUTES_DB`, the settings, a file of your own |
| `--as LOGIN` | who acts, for a store that you open directly; else the operating system's user |
| `--debug` | keep a trace in a file when something goes wrong inside |
| `--color C` | of the console: {", ".join(COLORS)} |
| `--fps N` | of the console: pictures a second at most; fewer suit a bad line |
| `--plain` | the console as lines to read and to answer, for a screen reader |

`CASE` is our code, such as `C12`, or `source:ref`. Instants are `2026-03-01T09:00:00Z` or a day. Where a text is taken,
`-` reads it from standard input. `--format` is table, json, jsonl, csv or markdown; `--out` writes a file whole or not
at all, readable by its owner alone. In JSON money is `{{"amount": "12.50", "currency": "USD"}}`, in CSV two columns;
CSV puts `'` before a text that would start a formula, `--raw` does not. `count` has one row a key: the keys `key` (with
`--by`), `cases` and `money`, the sums by currency, which CSV holds as the same JSON object in one cell.

| exit status | |
|---|---|
| 0 | done |
| 1 | refused by a rule, which is named on standard error; nothing was written |
| 2 | usage: also an unknown case, a query that does not parse, a file that is refused as a whole |
| 3 | some rows of a file were rejected, the others are in |
| 4 | no right |
| 5 | somebody else has it or was first; who, is on standard error, and nothing was written |
| 6 | the store is not there, or cannot be reached, read or written |
"""


def page() -> str:
    """The whole text of `commands.md`."""
    return "\n".join([INTRODUCTION, *(line for name in MODULES for line in _section(name))])


def _section(name: str) -> Iterator[str]:
    chosen = command(name)
    parser = ArgumentParser(prog=f"disputes {name}")
    chosen.arguments(parser)
    yield f"## {name}\n"
    yield f"{summary(name)[:1].upper()}{summary(name)[1:]}. Who may: {_who(name)}.\n"
    rows = list(_rows(parser, ""))
    if rows:
        yield "| argument | |\n|---|---|"
        yield from rows
        yield ""
    yield f"    {chosen.example}\n"
    if name == "sweep":
        yield from _duties()


def _duties() -> Iterator[str]:
    """What a sweep does is a table of the rules, and told from there."""
    yield "| what | when | what follows |\n|---|---|---|"
    yield from (f"| `{each.name}` | {each.when} | {each.effect} |" for each in DUTIES)
    yield ""


def _who(name: str) -> str:
    said, roles = command(name).who, roles_of(name)
    if roles is None:
        return f"{said}; no session by a key"
    return said or ("everybody of the desk" if roles == EVERYBODY else ", ".join(sorted(roles)))


def _rows(parser: ArgumentParser, before: str) -> Iterator[str]:
    for action in parser._actions:
        if isinstance(action, _SubParsersAction):
            texts = {choice.dest: choice.help or "" for choice in action._choices_actions}
            for word, below in action.choices.items():
                yield f"| `{before}{word}` | {texts[word]} |"
                yield from _rows(below, f"{before}{word} ")
        elif not isinstance(action, _HelpAction) and action.help != SUPPRESS:
            yield f"| `{before}{_spelled(action)}` | {_explained(action)} |"


def _spelled(action: Action) -> str:
    value = "" if action.nargs == 0 else _value(action)
    if not action.option_strings:
        return {"+": f"{value}…", "?": f"[{value}]", "*": f"[{value}…]"}.get(str(action.nargs), value)
    return f"{action.option_strings[0]} {value}".rstrip() + ("…" if action.nargs == "+" else "")


def _value(action: Action) -> str:
    if action.metavar is None and action.choices:
        return r"\|".join(map(str, action.choices))
    name = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    return name.replace("%%", "%").replace("|", r"\|")


def _explained(action: Action) -> str:
    said = (action.help or "").replace("%%", "%").replace("|", r"\|")
    needed = "needed" if action.required and action.option_strings else ""
    return "; ".join(part for part in (said, needed) if part)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
