"""The people of the desk."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from console.arguments import add_output, one_of
from console.command import Command
from console.output.sink import say
from console.output.write import write
from console.public_key_file import given_key
from console.session import Session
from models.columns import Column, Kind
from models.operations import agents
from models.queries.agents import all_agents, all_keys
from models.rules.public_keys import PublicKey
from models.text import visible
from models.vocabulary import Role

COLUMNS = (
    Column("login"),
    Column("name"),
    Column("role"),
    Column("active", Kind.FLAG),
    Column("open_cases", Kind.NUMBER),
    Column("since", Kind.INSTANT),
    Column("key"),
)
KEYS = (
    Column("login"),
    Column("key"),
    Column("kind"),
    Column("since", Kind.INSTANT),
    Column("until", Kind.INSTANT),
    Column("by"),
    Column("comment"),
)
"""Until a key was replaced; who is disabled comes in by none."""


def run(session: Session, given: Namespace) -> int:
    actor = session.actor()
    if given.what == "add":
        key = given_key(given.key) if given.key else None
        agents.add(actor, login=given.login, name=given.name, role=given.role, key=key)
        say(f"{given.login} is {given.role} now.")
        if key:
            say(_opens(given.login, key))
    elif given.what == "key":
        key = given_key(given.key)
        before = agents.change_key(actor, login=given.login, key=key)
        say(_opens(given.login, key) + (f" {before} opens nothing any more." if before else ""))
    elif given.what == "role":
        agents.change_role(actor, login=given.login, role=given.role)
        say(f"{given.login} is {given.role} now.")
    elif given.what in ("disable", "enable"):
        agents.set_active(actor, login=given.login, is_active=given.what == "enable")
        say(f"{given.login} is {given.what}d.")
    elif given.what == "keys":
        write(all_keys(), KEYS, format=given.format, out=given.out, is_raw=given.raw)
    else:
        write(all_agents(), COLUMNS, format=given.format, out=given.out, is_raw=given.raw)
    return 0


def _opens(login: str, key: PublicKey) -> str:
    comment = f", '{visible(key.comment)}'" if key.comment else ""
    return f"{login} comes in by {key.fingerprint} ({key.kind}{comment})."


def _arguments(parser: ArgumentParser) -> None:
    add_output(parser)
    what = parser.add_subparsers(dest="what", metavar="list|keys|add|role|key|disable|enable")
    add_output(what.add_parser("list", help="everybody"), is_below=True)
    add_output(what.add_parser("keys", help="every key by its fingerprint: since, until, by whom"), is_below=True)
    add = what.add_parser("add", help="a new agent")
    add.add_argument("login")
    add.add_argument("--name", required=True)
    add.add_argument("--role", required=True, type=one_of(Role), help="agent, supervisor or auditor")
    add.add_argument("--key", metavar="FILE", help="their public key, the file that ends in .pub; - for standard input")
    role = what.add_parser("role", help="another role")
    role.add_argument("login")
    role.add_argument("role", type=one_of(Role))
    key = what.add_parser("key", help="another key, or the first; the one before opens nothing from then on")
    key.add_argument("login")
    key.add_argument("key", metavar="FILE", help="the public key, the file that ends in .pub; - for standard input")
    for name, text in (("disable", "end their access"), ("enable", "let them in again")):
        what.add_parser(name, help=text).add_argument("login")


COMMANDS = {
    "agents": Command(
        "disputes agents add anna --name 'Anna Nowak' --role agent --key anna.pub",
        run,
        _arguments,
        who="everybody of the desk lists; supervisor changes",
    )
}
