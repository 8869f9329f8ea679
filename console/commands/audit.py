"""Proving that nobody changed what was written down."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from console.command import Command
from console.output.sink import say
from console.session import Session
from models.errors import NotAllowed, Refused
from models.vocabulary import Role


def run(session: Session, given: Namespace) -> int:
    from models.queries.audit import verify

    actor = session.actor()
    if actor.role not in (Role.SUPERVISOR, Role.AUDITOR):
        raise NotAllowed(f"'audit verify' needs the role supervisor or auditor; {actor.login} is {actor.role}.")
    found = verify()
    if found.first_bad_seq is not None:
        raise Refused(
            "audit", f"The chain is broken at event {found.first_bad_seq}: it was changed after it was written."
        )
    say(f"{found.events} events, unbroken. Head: {found.head or 'none'}")
    return 0


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("what", choices=("verify",))


COMMANDS = {
    "audit": Command(
        "prove that no event was changed", "disputes audit verify", run, _arguments, who="supervisor, auditor"
    )
}
