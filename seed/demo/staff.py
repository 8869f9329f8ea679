"""The people of the desk: two agents, two supervisors, an auditor. One supervisor is whoever looks around."""

from __future__ import annotations

import os
from dataclasses import field

from models.actor import Actor
from models.dataclass import dataclass
from models.operations import agents
from models.vocabulary import Role

YOU, MARGIT, INES, TOMASZ, ADA = "you", "margit", "ines", "tomasz", "ada"
"""How stories call them; the logins are the same, but for the first."""

_OTHERS = (
    (MARGIT, "Margit Sand", Role.SUPERVISOR),
    (INES, "Inês Duarte", Role.AGENT),
    (TOMASZ, "Tomasz Wilk", Role.AGENT),
    (ADA, "Ada Quist", Role.AUDITOR),
)


@dataclass(slots=True)
class Desk:
    """Who can be asked to do something, and what they need to remember of it."""

    people: dict[str, Actor]
    hashes: dict[int, str] = field(default_factory=dict)
    """By case: what the proposed decision is signed by."""

    def __getitem__(self, who: str) -> Actor:
        return self.people[who]


def system_login() -> str:
    """The operating system's user by number, or `you` where that has no name an agent could have."""
    try:
        import pwd

        login = pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):
        return YOU
    taken = {*(login for login, _, _ in _OTHERS), "me", "none"}
    is_sound = login.isprintable() and not any(sign.isspace() for sign in login)
    return login if login and is_sound and login not in taken else YOU


def engage(login: str) -> Desk:
    """Enter everybody into a new store; `login` founds it."""
    founder = agents.found(login, "You" if login == YOU else login)
    people = {YOU: founder}
    for other, name, role in _OTHERS:
        agents.add(founder, login=other, name=name, role=role)
        people[other] = Actor(other, role, name, "demo")
    return Desk(people)
