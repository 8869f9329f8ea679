"""The policy by versions: what it says, what changed, and which one new cases follow."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from console.arguments import add_output, given_text
from console.command import Command
from console.output.sink import say, sink
from console.output.write import Format, write, write_object
from console.session import Session
from models.columns import Column, Kind
from models.errors import Misused
from models.text import visible

if TYPE_CHECKING:
    from models.queries.policy_plan import Planned
    from models.rules.new_terms import Move

_VERSIONS = (
    Column("version", Kind.NUMBER),
    Column("is_active", Kind.FLAG),
    Column("made_at", Kind.INSTANT),
    Column("made_by"),
    Column("activated_at", Kind.INSTANT),
    Column("activated_by"),
    Column("note"),
    Column("open_cases", Kind.NUMBER),
)
_DIFFERENCES = (Column("key"), Column("before"), Column("after"))


def run(session: Session, given: Namespace) -> int:
    verbs = {"show": _show, "edit": _edit, "diff": _diff, "activate": _activate, "apply": _apply}
    done = verbs.get(given.what, _list)
    return done(session, given)


def _list(session: Session, given: Namespace) -> int:
    from models.queries.policies import versions

    session.actor()
    rows = ([getattr(each, column.key) for column in _VERSIONS] for each in versions())
    write(rows, _VERSIONS, format=given.format, out=given.out, title="Policies", is_raw=given.raw)
    return 0


def _show(session: Session, given: Namespace) -> int:
    """The text as it was written, so that it can be mended and given back."""
    session.actor()
    text = _text(given.version)
    if given.format is Format.JSON:
        import tomllib

        write_object(tomllib.loads(text), out=given.out)
        return 0
    if given.format is not Format.TABLE:
        raise Misused(f"A policy is shown as it was written, or as json, not as {given.format}.")
    with sink(given.out) as send:
        send(visible(text, multiline=True))
    return 0


def _text(version: int | None) -> str:
    from models.queries.policies import active_version
    from models.rules.policy import text_of

    return text_of(active_version() if version is None else version)


def _edit(session: Session, given: Namespace) -> int:
    """Without a file, the text to mend; never an editor, which would be a shell on the server."""
    from models.operations.policies import edit

    actor = session.actor()
    if given.file is None:
        with sink(None) as send:
            send(visible(_text(None), multiline=True))
        print("Mend this, and give it back with 'disputes policy edit --file FILE' (- reads it from a pipe).",
              file=sys.stderr)  # fmt: skip
        return 0
    version = edit(actor, text=_read(given.file))
    say(f"Policy {version} is kept; no case follows it yet. 'disputes policy diff' shows what it changes,")
    say(f"'disputes policy activate {version} --note T' lets new cases follow it.")
    return 0


def _read(name: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Misused(f"{visible(name)} is no UTF-8 text: a policy is TOML.") from None
    except OSError as error:
        raise Misused(f"{visible(name)} cannot be read: {error.strerror}.") from None


def _diff(session: Session, given: Namespace) -> int:
    from models.rules.policy import text_of
    from models.rules.policy_diff import differences

    session.actor()
    one = given.before
    rows = [[each.key, each.before, each.after] for each in differences(_text(one), text_of(given.after))]
    shown = "the active policy" if one is None else f"policy {one}"
    title = f"What policy {given.after} says otherwise than {shown}"
    totals = [] if rows else ["They say the same."]
    write(rows, _DIFFERENCES, format=given.format, out=given.out, title=title, totals=totals, is_raw=given.raw)
    return 0


def _activate(session: Session, given: Namespace) -> int:
    from models.operations.policies import activate

    activate(session.actor(), version=given.version, note=given_text(given.note))
    say(f"Cases that open from now on follow policy {given.version}. Those that are open keep theirs.")
    return 0


def _apply(session: Session, given: Namespace) -> int:
    from models.operations.policies import apply, to_apply
    from models.queries.policy_plan import COLUMNS

    actor = session.actor()
    counts: Counter[str] = Counter()
    if given.dry_run:
        planned = to_apply(actor, version=given.version, where=given.where)
        rows = (row for each in _counted(planned, counts) for row in each.rows())
        title = f"What policy {given.version} would do to open cases; nothing is written"
        summary = (_told(counts, "would follow", given.version) for _ in range(1))  # read after the last row
        write(rows, COLUMNS, format=given.format, out=given.out, title=title, totals=summary, is_raw=given.raw)
        return 0
    for each in apply(actor, version=given.version, where=given.where):
        if each.refusal:
            print(f"C{each.case} stays as it is: {each.refusal}", file=sys.stderr)
        else:
            _count(each.moves, counts)
    say(_told(counts, "follow", given.version))
    return 0


def _counted(planned: Iterator[Planned], counts: Counter[str]) -> Iterator[Planned]:
    for each in planned:
        _count(each.moves, counts)
        yield each


def _count(moves: Iterable[Move], counts: Counter[str]) -> None:
    counts["cases"] += 1
    counts.update("kept" if each.is_kept else "moved" for each in moves)


def _told(counts: Counter[str], verb: str, version: int) -> str:
    cases, moved, kept = (counts[name] for name in ("cases", "moved", "kept"))
    said = f"{cases} open cases {verb} policy {version}; {moved} due instants move"
    return f"{said}, {kept} stay because they would have passed." if kept else f"{said}."


def version_number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) < 100_000:
        raise ArgumentTypeError(f"'{text[:20]}' is no version of the policy: write its number, such as 2")
    return int(text)


def _arguments(parser: ArgumentParser) -> None:
    add_output(parser)
    what = parser.add_subparsers(dest="what", metavar="list|show|edit|diff|activate|apply")
    add_output(what.add_parser("list", help="every version"), is_below=True)
    show = what.add_parser("show", help="one as it was written; the active one unless told")
    show.add_argument("version", nargs="?", type=version_number, metavar="N")
    add_output(show, is_below=True)
    edit = what.add_parser("edit", help="a new version from a file; without one, the text to mend (supervisors)")
    edit.add_argument("--file", metavar="FILE", help="TOML; - for standard input")
    diff = what.add_parser("diff", help="what a version says otherwise than another, or than the active one")
    diff.add_argument("before", nargs="?", type=version_number, metavar="A")
    diff.add_argument("after", type=version_number, metavar="B")
    add_output(diff, is_below=True)
    apply = what.add_parser("apply", help="open cases follow it from now on (supervisors)")
    apply.add_argument("version", type=version_number, metavar="N")
    apply.add_argument("--where", default="", metavar="QUERY", help="only these cases, such as 'reason:damaged'")
    apply.add_argument("--dry-run", action="store_true", help="each case, clock, old and new due instant; no change")
    add_output(apply, is_below=True)
    activate = what.add_parser("activate", help="new cases follow it from now on (supervisors)")
    activate.add_argument("version", type=version_number, metavar="N")
    activate.add_argument("--note", required=True, metavar="T", help="why; - for standard input")


COMMANDS = {
    "policy": Command(
        "disputes policy edit --file policy.toml",
        run,
        _arguments,
        who="everybody of the desk reads; supervisor changes",
    )
}
