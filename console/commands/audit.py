"""Proving that nobody changed what was written down: here, against seals kept elsewhere, and far from any store."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from console.arguments import add_output, span
from console.command import Command
from console.output.sink import say
from console.output.write import write
from console.session import Session
from models.errors import Misused, NotAllowed, Refused
from models.text import visible
from models.vocabulary import Role

if TYPE_CHECKING:
    from models.rules.seals import Seal


def run(session: Session, given: Namespace) -> int:
    return ACTIONS[given.what](session, given)


def _verify(session: Session, given: Namespace) -> int:
    from models.queries.audit import verify

    actor = session.actor()
    if actor.role not in (Role.SUPERVISOR, Role.AUDITOR):
        raise NotAllowed(f"'audit verify' needs the role supervisor or auditor; {actor.login} is {actor.role}.")
    seals = _seals(given.seals, given.signer) if given.seals else []
    found = verify(seals)
    if found.first_bad_seq is not None:
        raise Refused(
            "audit", f"The chain is broken at event {found.first_bad_seq}: it was changed after it was written."
        )
    if found.broken_seal is not None:
        seal = found.broken_seal
        raise Refused(
            "seal",
            f"The chain is not the one that was sealed {visible(seal.sealed_at)} at event {seal.last}: "
            f"it was rebuilt, or its end is missing.{_of_backup(seal)}",
        )
    kept = f" {len(seals)} seals hold." if given.seals else ""
    say(f"{found.events} events, unbroken.{kept} Head: {found.head or 'none'}")
    return 0


def _of_backup(seal: Seal) -> str:
    """An auditor asks whoever that was: whoever rebuilds a chain can write such an event too."""
    from models.queries.audit import last_restoring

    found = last_restoring()
    if found is None or seal.last <= found.events:
        return ""
    return (
        f" Event {found.seq} says that {visible(found.actor)} restored it from a backup of {found.events} events: "
        "seals of what came after those cannot hold."
    )


def _seals(path: str, signer: Path | None) -> list[Seal]:
    from console.signing import is_signed
    from models.rules.seals import seal_from

    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8")
        key = signer.read_text(encoding="utf-8") if signer else ""
    except (OSError, UnicodeDecodeError) as error:
        raise Misused(f"The seals cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    seals = [seal_from(line, number) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    for number, seal in enumerate(seals, 1):
        if key and not is_signed(seal.signed, seal.signature, key):
            raise Refused("seal", f"Seal {number} was not signed by the key that was given.")
    return seals


def _seal(session: Session, given: Namespace) -> int:
    from models.operations import auditing

    seal = auditing.seal(session.actor())
    if given.key:
        from console.signing import sign

        seal = replace(seal, signature=sign(seal.signed, given.key))
    say(seal.line)
    return 0


def _export(session: Session, given: Namespace) -> int:
    from models.operations import auditing
    from models.queries.audit import COLUMNS

    since = given.since[0] if given.since else None
    until = given.until[1] if given.until else None
    rows = auditing.export(session.actor(), since=since, until=until)
    write(rows, COLUMNS, format=given.format, out=given.out, title="Events", is_raw=given.raw)
    return 0


def _check(session: Session, given: Namespace) -> int:
    """Needs no store."""
    from console.packet_file import unpacked
    from models.rules.packet import MANIFEST, digest, faults

    files = unpacked(given.packet)
    found = list(faults(files))
    if found:
        raise Refused("packet", " ".join(visible(each) for each in found))
    say(f"The packet is whole, and its events say what its case says. Fingerprint: {digest(files[MANIFEST])}")
    return 0


ACTIONS = {"verify": _verify, "seal": _seal, "export": _export, "check": _check}


def _arguments(parser: ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True, metavar="|".join(ACTIONS))
    verify = what.add_parser("verify", help="every link of the chain, and with --seals that it was not rebuilt")
    verify.add_argument("--seals", metavar="FILE", help="lines of 'audit seal' that were kept elsewhere; - reads them")
    verify.add_argument("--signer", type=Path, metavar="FILE", help="the public key that must have signed each seal")
    seal = what.add_parser("seal", help="one line that the chain can be held against later: keep it elsewhere")
    seal.add_argument("--key", type=Path, metavar="FILE", help="sign it with this private key (OpenSSH)")
    export = what.add_parser("export", help="the events as rows")
    export.add_argument("--since", type=span, metavar="D", help="recorded on this day, or later")
    export.add_argument("--until", type=span, metavar="D", help="recorded on this day, or earlier")
    add_output(export)
    check = what.add_parser("check", help="a packet of 'report packet', without any store")
    check.add_argument("packet", type=Path, metavar="FILE", help="the zip, or its unpacked folder; - reads a zip")


COMMANDS = {
    "audit": Command(
        "disputes audit verify --seals seals.jsonl",
        run,
        _arguments,
        who="supervisor, auditor; 'check' anybody",
    )
}
