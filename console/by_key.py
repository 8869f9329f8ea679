"""What a session that came in by a key may ask for: a closed list, each command with the roles that have a use for it.

It keeps the words out that no operation would judge; the right itself is judged where the action is, once more.
"""

from __future__ import annotations

from argparse import Action, ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Collection, Iterator

from models.actor import Actor
from models.errors import Misused, NotAllowed
from models.nearest import nearest
from models.rules.act import Verb
from models.rules.transitions import TRANSITIONS
from models.vocabulary import PEOPLE, Role

EVERYBODY = frozenset(PEOPLE)
DESK = frozenset({Role.AGENT, Role.SUPERVISOR})

OTHERS: dict[str, frozenset[Role]] = {
    "import": DESK,
    "queue": EVERYBODY,
    "count": EVERYBODY,
    "show": EVERYBODY,
    "views": EVERYBODY,
    "forecast": EVERYBODY,
    "why": EVERYBODY,
    "sweep": EVERYBODY,
    "draft": DESK,
    "next": DESK,
    "evidence": EVERYBODY,
    "report": EVERYBODY,
    "calendar": EVERYBODY,
    "audit": frozenset({Role.SUPERVISOR, Role.AUDITOR}),
    "party": EVERYBODY,
    "reveal": DESK,
    "erase": frozenset({Role.SUPERVISOR}),
    "outbox": EVERYBODY,
    "templates": EVERYBODY,
    "agents": EVERYBODY,
    "policy": EVERYBODY,
    "handover": frozenset({Role.SUPERVISOR}),
    "digest": EVERYBODY,
    "settings": EVERYBODY,
}
"""The commands that are no action on a case; those have their roles in the table of transitions. The page of commands
says who may by both."""
NOT_BY_KEY = frozenset({"demo", "init", "migrate", "reindex", "doctor", "backup", "restore", "authorized-keys"})
"""For whoever keeps the store, on its own host."""


def check_command(name: str, actor: Actor) -> None:
    """Raise NotAllowed or Misused unless `name` is a command that the actor may ask for."""
    role, login = actor.role, actor.login
    if name.split("=")[0] in ("--as", "--db"):
        raise NotAllowed(f"'{name}' is not taken here: by your key you are {login}, on this store.", verb="identity")
    if name in NOT_BY_KEY:
        raise NotAllowed(f"'{name}' is done on the server itself and not in a session by a key.", verb=name)
    roles = roles_of(name)
    if roles is None:
        near = nearest(name, commands_of(role))
        hint = f"did you mean '{near}'?" if near else "'help' lists the commands. There is no shell behind it."
        raise Misused(f"'{name}' is no command: {hint}")
    if role not in roles:
        raise NotAllowed(
            f"'{name}' needs the role {' or '.join(sorted(roles & frozenset(PEOPLE)))}; {login} is {role}.", verb=name
        )


def roles_of(name: str) -> frozenset[Role] | None:
    """Who may ask for the command; None where no session by a key may."""
    if name in list(Verb) and name in _commands():
        return TRANSITIONS[Verb(name)].roles
    return OTHERS.get(name)


def commands_of(role: Role) -> list[str]:
    """In the order of the help."""
    return [name for name in _commands() if role in (roles_of(name) or ())]


def check_streams_only(parser: ArgumentParser, given: Namespace) -> None:
    """Raise NotAllowed for an argument that names a file: it would be one of the server's, and not of who asks."""
    for action in file_arguments(parser):
        value = getattr(given, action.dest, None)
        for each in value if isinstance(value, list) else [value]:
            name = str(each[-1] if isinstance(each, tuple) else each)
            if each is None or (name == "-" and action.dest != "out") or _is_shipped(action, name):
                continue
            how = (
                "leave it out, and write '> FILE' behind the whole" if action.dest == "out" else "write - and '< FILE'"
            )
            spelled = action.option_strings[0] if action.option_strings else str(action.metavar)
            raise NotAllowed(f"{spelled} would name a file of the server: {how}.", verb="path")


def file_arguments(parser: ArgumentParser) -> Iterator[Action]:
    """Every argument of the command, and of the words below it, that takes a file; its name in the help says so."""
    for action in parser._actions:
        if isinstance(action, _SubParsersAction):
            for below in action.choices.values():
                yield from file_arguments(below)
        elif isinstance(action.metavar, str) and "FILE" in action.metavar:
            yield action


def _is_shipped(action: Action, name: str) -> bool:
    if action.metavar != "NAME|FILE":
        return False
    from seed.map_file import shipped_maps

    return name in shipped_maps()


def _commands() -> Collection[str]:
    from console.commands import MODULES

    return MODULES
