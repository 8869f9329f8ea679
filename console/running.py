"""Running one command: its words into arguments, what may not be in them, and what is written down of a refusal."""

from __future__ import annotations

from argparse import Action, ArgumentParser, HelpFormatter, RawDescriptionHelpFormatter
from functools import partial
from typing import Any, NoReturn

from console.arguments import check_readable, check_spares_store
from console.commands import MODULES, command, summary
from console.output.sink import say
from console.session import Session
from models.errors import Misused, NotAllowed
from models.nearest import nearest


class Parser(ArgumentParser):
    """argparse that speaks as the rest of the program does."""

    def __init__(self, *, formatter_class: type[HelpFormatter] = HelpFormatter, **named: Any) -> None:
        # One is made for each argument, and would load half an archiver to learn the terminal's width.
        super().__init__(formatter_class=partial(formatter_class, width=1000), **named)
        self._formatter = formatter_class

    def format_help(self) -> str:
        self.formatter_class = self._formatter
        return super().format_help()

    def print_help(self, file: object = None) -> None:
        say(self.format_help().rstrip())

    def _get_values(self, action: Action, arg_strings: list[str]) -> Any:
        """`--format=--` is what argparse itself stumbles over."""
        if arg_strings == ["--"] and action.option_strings:
            self.error(f"'{action.option_strings[0]}' takes a value, and '--' is none")
        return super()._get_values(action, arg_strings)

    def error(self, message: str) -> NoReturn:
        sentence = f"{message[:1].upper()}{message[1:]}" + ("" if message.endswith((".", "?")) else ".")
        raise Misused(f"{sentence} '{self.prog} --help' says more.")


def run_command(session: Session, name: str, words: list[str]) -> int:
    """The exit status. Raises what the command raises; that somebody had no right is in the chain then."""
    try:
        return _run(session, name, words)
    except NotAllowed as refusal:
        from models.operations.signing_in import note_refusal

        note_refusal(session.claimed, refusal, name)
        raise


def _run(session: Session, name: str, words: list[str]) -> int:
    if session.key:
        from console.by_key import check_command

        check_command(name, session.actor())
    if name not in MODULES:
        near = nearest(name, MODULES)
        hint = f"did you mean '{near}'?" if near else "'disputes --help' lists the commands."
        raise Misused(f"'{name}' is no command: {hint}")
    chosen = command(name)
    parser = Parser(
        prog=f"disputes {name}",
        description=summary(name),
        epilog=f"Example:\n  {chosen.example}",
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    chosen.arguments(parser)
    try:
        given = parser.parse_args(words)
    except SystemExit:  # its way to end after --help
        return 0
    check_readable(vars(given))
    if session.key:
        from console.by_key import check_streams_only

        check_streams_only(parser, given)
    check_spares_store(session.url, vars(given))
    try:
        return chosen.run(session, given)
    except NotAllowed as refusal:
        below = getattr(given, "what", None)
        refusal.verb = refusal.verb or (f"{name} {below}" if isinstance(below, str) else name)
        raise
