"""Keys of the desk's people: given, replaced, printed for the server; each change is an event."""

from __future__ import annotations

import json
import os
import pwd
import shlex
import sys
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from models.actor import Actor
from models.database import Location
from models.errors import NotAllowed, NotFound, Refused
from models.operations import agents
from models.operations.looking import Look, look
from models.operations.presence import present
from models.operations.signing_in import sign_in
from models.queries.agents import keys_in_use
from models.queries.audit import verify
from models.rules.public_keys import PublicKey, public_key
from models.tables import Event
from models.vocabulary import Role
from tests.access.samples import ECDSA_256, ED25519, FINGERPRINTS, OTHER, RSA_2048, RSA_3072
from tests.command_line.run import NOW, in_process
from tests.operations.desk import ANNA, BEN, SUE, on_day, people
from tests.stores.beside import beside

LATER = NOW + timedelta(days=7)
FIRST, SECOND, THIRD = public_key(f"{ED25519} anna@home"), public_key(OTHER), public_key(ECDSA_256)


@pytest.fixture
def desk(store: Location) -> None:
    people()


@pytest.fixture
def url(sqlite_url: str) -> str:
    assert in_process(sqlite_url, "init", "--name", "Sue").status == 0
    return sqlite_url


def change_key(key: PublicKey, *, actor: Actor = SUE, login: str = "anna") -> str | None:
    with on_day(1):
        return agents.change_key(actor, login=login, key=key)


def who(key: PublicKey) -> str:
    with on_day(1):
        return sign_in(key.fingerprint, session="5e551011", what_for="console", origin="203.0.113.9").login


def heard(before: Look) -> Look:
    """What Anna's session hears next; a notification of PostgreSQL is on its way for a moment."""
    end = monotonic() + 30
    while True:
        seen = look(ANNA, before)
        if seen.mark.event != before.mark.event or monotonic() > end:
            return seen


def last_body() -> Any:
    return json.loads(Event.select().order_by(Event.seq.desc()).get().body)


@pytest.mark.usefixtures("desk")
def test_a_new_key_ends_the_one_before_and_both_stand_in_the_chain() -> None:
    assert change_key(FIRST) is None
    assert who(FIRST) == "anna"
    inside = present(Actor("anna", Role.AGENT, key=FIRST.fingerprint))
    assert change_key(SECOND) == FIRST.fingerprint
    assert last_body() == {
        "login": "anna", "role": "agent", "key": SECOND.fingerprint, "ended": FIRST.fingerprint,
    }  # fmt: skip
    assert [key.fingerprint for key in keys_in_use()] == [SECOND.fingerprint]
    with pytest.raises(NotAllowed, match="no longer anna's"):
        who(FIRST)
    with pytest.raises(NotAllowed, match="opens nothing"):
        who(THIRD)
    with pytest.raises(NotAllowed, match="no longer anna's"):
        present(inside)
    assert present(ANNA).login == "anna", "who opens the store directly needs no key"
    assert verify().first_bad_seq is None


@pytest.mark.usefixtures("desk")
def test_a_session_hears_what_was_done_to_its_person_and_asks_only_then(store: Location) -> None:
    seen = look(ANNA, None)
    assert look(BEN, seen).actor == BEN, "nothing has happened: whoever asks is taken at their word"
    beside(store.url, lambda: agents.change_role(SUE, login="anna", role=Role.AUDITOR))
    seen = heard(seen)
    assert isinstance(seen.actor, Actor) and seen.actor.role is Role.AUDITOR
    beside(store.url, lambda: agents.set_active(SUE, login="anna", is_active=False))
    found = heard(seen).actor
    assert isinstance(found, NotAllowed) and "anna is disabled" in str(found)


@pytest.mark.usefixtures("desk")
def test_a_key_is_one_persons_and_never_taken_twice() -> None:
    change_key(FIRST)
    for login in ("anna", "ben"):
        with pytest.raises(Refused) as refusal:
            change_key(FIRST, login=login)
        assert refusal.value.rule == "key" and "anna" in str(refusal.value)
    with pytest.raises(Refused), on_day(1):
        agents.add(SUE, login="eve", name="Eve", role=Role.AGENT, key=FIRST)
    change_key(SECOND)
    with pytest.raises(Refused, match="has had this key before"):
        change_key(FIRST)
    assert [(key.login, key.fingerprint) for key in keys_in_use()] == [("anna", SECOND.fingerprint)]


@pytest.mark.usefixtures("desk")
def test_keys_are_a_supervisors_to_keep() -> None:
    with pytest.raises(NotAllowed):
        change_key(FIRST, actor=ANNA)
    with pytest.raises(NotFound):
        change_key(FIRST, login="nobody")
    assert list(keys_in_use()) == []
    change_key(FIRST, login="sue")  # their own: a desk may have one supervisor
    assert who(FIRST) == "sue"


@pytest.mark.usefixtures("desk")
def test_who_is_disabled_has_no_key_in_use_until_they_are_enabled() -> None:
    change_key(FIRST)
    change_key(THIRD, login="ben")
    with on_day(2):
        agents.set_active(SUE, login="anna", is_active=False)
        assert [key.login for key in keys_in_use()] == ["ben"]
        agents.set_active(SUE, login="anna", is_active=True)
    assert [key.login for key in keys_in_use()] == ["anna", "ben"]


def test_a_key_comes_from_a_file_or_standard_input_and_its_comment_is_only_shown(url: str, tmp_path: Path) -> None:
    (tmp_path / "anna.pub").write_text(f"{ED25519} \x1b[31manna\u202e\n")
    added = in_process(url, "agents", "add", "anna", "--name", "A", "--role", "agent", "--key", tmp_path / "anna.pub")
    assert FINGERPRINTS[ED25519] in added.out and "␛[31manna⟦RLO⟧" in added.out
    rotated = in_process(url, "agents", "key", "anna", "-", stdin=f"{RSA_3072}\n")
    assert FINGERPRINTS[RSA_3072] in rotated.out and f"{FINGERPRINTS[ED25519]} opens nothing any more." in rotated.out
    listed = in_process(url, "agents", "list", "--format", "jsonl").rows
    assert {row["login"]: row["key"] for row in listed} == {"anna": FINGERPRINTS[RSA_3072], "sue": ""}


def test_every_key_is_listed_with_its_time_and_who_gave_it(url: str) -> None:
    add = ("agents", "add", "anna", "--name", "A", "--role", "agent", "--key", "-")
    assert in_process(url, *add, stdin=f"{ED25519} anna@home").status == 0
    assert in_process(url, "agents", "key", "anna", "-", stdin=RSA_3072, now=LATER).status == 0
    assert in_process(url, "agents", "key", "sue", "-", stdin=OTHER, now=LATER).status == 0
    listed = in_process(url, "agents", "keys", "--format", "jsonl", login="anna").rows
    assert [(row["login"], row["key"], row["since"], row["until"], row["by"]) for row in listed] == [
        ("anna", FINGERPRINTS[ED25519], "2024-03-25T12:00:00Z", "2024-04-01T12:00:00Z", "sue"),
        ("anna", FINGERPRINTS[RSA_3072], "2024-04-01T12:00:00Z", None, "sue"),
        ("sue", FINGERPRINTS[OTHER], "2024-04-01T12:00:00Z", None, "sue"),
    ]
    assert listed[0]["kind"] == "ssh-ed25519" and listed[0]["comment"] == "anna@home"


def test_what_is_no_key_is_refused_and_nobody_is_added(url: str, tmp_path: Path) -> None:
    (tmp_path / "weak.pub").write_text(RSA_2048)
    os.mkfifo(tmp_path / "pipe")
    add = ("agents", "add", "anna", "--name", "A", "--role", "agent", "--key")
    in_process(url, *add, tmp_path / "weak.pub").refused(1, "(key)", "2048 bits")
    in_process(url, *add, tmp_path / "none.pub").refused(2, "none.pub")
    in_process(url, *add, tmp_path).refused(2, str(tmp_path))
    in_process(url, *add, tmp_path / "pipe").refused(1, "(key)", "one line")
    in_process(url, *add, "-", stdin=b"\xff\xfe").refused(1, "(key)")
    assert [row["login"] for row in in_process(url, "agents", "list", "--format", "jsonl").rows] == ["sue"]


def with_keys(url: str) -> None:
    for login, key in (("anna", ED25519), ("o'neil;\"$(id)\\", RSA_3072), ("zoe", OTHER)):
        assert in_process(
            url, "agents", "add", login, "--name", "N", "--role", "agent", "--key", "-", stdin=f"{key} {login}"
        ).status == 0  # fmt: skip
    assert in_process(url, "agents", "disable", "zoe").status == 0


def lines(url: str, *words: str) -> list[str]:
    ended = in_process(url, "authorized-keys", *words, login="nobody of the desk")
    assert ended.status == 0, ended
    return ended.out.splitlines()


def test_the_servers_lines_name_a_key_and_nothing_that_a_shell_would_obey(url: str) -> None:
    with_keys(url)
    store = url.removeprefix("sqlite:///")
    for line, key in zip(lines(url), (ED25519, RSA_3072), strict=True):
        program = shlex.join([sys.executable, "-I", "-m", "console", "--db", f"sqlite:///{store}"])
        start = f'restrict,pty,command="{program} ssh-session {FINGERPRINTS[key]}" {key} '
        assert line.startswith(start), line


def test_a_program_with_quotes_survives_the_servers_and_the_shells_reading(url: str) -> None:
    with_keys(url)
    program = ['/opt/a b/it\'s "here"', "--x=$(id)`\\"]
    (line, _) = lines(url, "--program", shlex.join(program))
    quoted = line.removeprefix('restrict,pty,command="').rpartition(f'" {ED25519}')[0]
    assert '"' not in quoted.replace('\\"', "")
    assert shlex.split(quoted.replace('\\"', '"')) == [*program, "ssh-session", FINGERPRINTS[ED25519]]


def test_one_key_is_asked_for_by_its_fingerprint_or_itself(url: str) -> None:
    with_keys(url)
    (by_fingerprint,) = lines(url, FINGERPRINTS[ED25519])
    (by_itself,) = lines(url, *ED25519.split())
    assert by_fingerprint == by_itself and by_itself.endswith(f"{ED25519} anna")
    assert lines(url, *OTHER.split()) == [], "zoe is disabled"
    assert lines(url, "SHA256:none") == []
    for words in (("anna",), ("",), ("ssh-rsa", ""), ("a", "b", "c")):
        in_process(url, "authorized-keys", *words).refused(2, "fingerprint")


def test_no_line_opens_another_account_than_the_stores(url: str) -> None:
    with_keys(url)
    account = pwd.getpwuid(os.getuid()).pw_name
    assert len(lines(url, "--user", account)) == 2
    assert lines(url, "--user", "nobody" if account != "nobody" else "root") == []


def test_a_password_never_stands_in_a_line() -> None:
    said = in_process("postgresql://u:geheim@127.0.0.1:1/x", "authorized-keys").refused(2, "password")
    assert "geheim" not in said
