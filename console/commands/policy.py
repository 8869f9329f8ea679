"""The policy by versions: what it says, what changed, and which one new cases follow."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path

from console.arguments import add_output, given_text
from console.command import Command
from console.output.sink import say, sink
from console.output.write import Format, write, write_object
from console.session import Session
from models.columns import Column, Kind
from models.errors import Misused
from models.text import visible

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
    done = {"show": _show, "edit": _edit, "diff": _diff, "activate": _activate}.get(given.what, _list)
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


def version_number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) < 100_000:
        raise ArgumentTypeError(f"'{text[:20]}' is no version of the policy: write its number, such as 2")
    return int(text)


def _arguments(parser: ArgumentParser) -> None:
    add_output(parser)
    what = parser.add_subparsers(dest="what", metavar="list|show|edit|diff|activate")
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
    activate = what.add_parser("activate", help="new cases follow it from now on (supervisors)")
    activate.add_argument("version", type=version_number, metavar="N")
    activate.add_argument("--note", required=True, metavar="T", help="why; - for standard input")


COMMANDS = {
    "policy": Command(
        "the policy by versions; list, show, edit, diff, activate",
        "disputes policy edit --file policy.toml",
        run,
        _arguments,
        who="everybody of the desk reads; supervisor changes",
    )
}
