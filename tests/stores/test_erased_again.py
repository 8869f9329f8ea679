"""Who was erased stays erased, whatever backup the store comes back from."""

from __future__ import annotations

import io
import json
import shutil
from functools import partial
from pathlib import Path

import pytest

from models import database, migrating
from models.file_places import ERASURES, file_store
from models.health import findings
from models.operations import evidencing, moving, talking
from models.queries.audit import verify
from models.tables import ALL, Event
from models.vocabulary import EvidenceKind, Party
from tests.command_line.run import in_process
from tests.evidence.samples import png
from tests.operations.desk import ANNA, a_case, day, on_day, people

THEIRS = "qzyx"
desk_says = partial(in_process, now=day(3))
ERASE = ("erase", "buyer:b1", "--note", "Asked by mail.")


@pytest.fixture
def url(store_url: str) -> str:
    if store_url.startswith("postgres") and not (shutil.which("pg_dump") and shutil.which("pg_restore")):
        pytest.skip("no pg_dump and pg_restore are installed here")
    return filled(store_url)


def filled(url: str) -> str:
    """A store with two cases of one buyer, the first is over; and somebody else's."""
    database.open_store(url)
    people()
    a_case(buyer_ref="b1", buyer_name=f"{THEIRS} name", description=f"{THEIRS} claim")
    a_case(ref="D-2", order_ref="O-2", buyer_ref="b1")
    a_case(ref="D-3", order_ref="O-3", buyer_ref="b3", buyer_name="Somebody else")
    with on_day(1):
        source = io.BytesIO(png())
        evidencing.attach(ANNA, case=1, party=Party.BUYER, kind=EvidenceKind.OTHER, source=source, title=THEIRS)
        talking.note(ANNA, case=1, text=f"{THEIRS} name rang.")
        moving.withdraw(ANNA, case=1, note="The parcel came.")
    database.close_store()
    return url


@pytest.fixture
def elsewhere(url: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if url.startswith("postgres"):
        return str(request.getfixturevalue("bare_postgres_url"))
    return f"sqlite:///{tmp_path / 'new' / 'again.db'}"


def close_second(url: str) -> None:
    assert desk_says(url, "withdraw", "C2", "--note", "The other came too.", login="anna").status == 0


def the_list(url: str, copy: Path) -> Path:
    """The list of erasures as it was taken off the host."""
    database.open_store(url)
    shutil.copy(file_store().folder / ERASURES, copy)
    database.close_store()
    return copy


def holds_theirs(url: str) -> bool:
    """Looked for in every value, and in every byte of a file."""
    place = database.open_store(url)
    rows = json.dumps([list(table.select().tuples()) for table in ALL], default=str)
    assert "Somebody else" in rows and verify().first_bad_seq is None
    files = [*file_store().folder.rglob("*"), *(place.path.parent.rglob("*") if place.path else [])]
    found = THEIRS in rows or any(THEIRS.encode() in path.read_bytes() for path in files if path.is_file())
    database.close_store()
    return found


def unhealed(url: str) -> list[str]:
    database.open_store(url)
    found = [each.said for each in findings() if not each.is_good]
    database.close_store()
    return found


def test_an_older_backup_does_not_bring_them_back(url: str, elsewhere: str, tmp_path: Path) -> None:
    close_second(url)
    assert desk_says(url, "backup", tmp_path / "b.tar").status == 0
    assert desk_says(url, *ERASE).status == 0
    listed = the_list(url, tmp_path / "list.jsonl")
    assert "buyer" not in listed.read_text() and len(listed.read_text().splitlines()) == 1
    ended = desk_says(elsewhere, "restore", tmp_path / "b.tar", "--erased", listed, login="whoever")
    assert (ended.status, ended.err) == (0, "") and "buyer:b1 erased again" in ended.out
    assert not holds_theirs(elsewhere) and unhealed(elsewhere) == []
    database.open_store(elsewhere)
    last = Event.select().order_by(Event.seq.desc()).get()
    assert (last.verb, last.actor, json.loads(last.body)["again"]) == ("erase", "whoever", True)
    database.close_store()
    assert desk_says(elsewhere, "erase", "--again", "--format", "jsonl").rows == []


def test_whose_case_was_open_in_the_backup_is_erased_when_it_is_over(url: str, elsewhere: str, tmp_path: Path) -> None:
    assert desk_says(url, "backup", tmp_path / "b.tar").status == 0
    close_second(url)
    assert desk_says(url, *ERASE).status == 0
    listed = the_list(url, tmp_path / "list.jsonl")
    ended = desk_says(elsewhere, "restore", tmp_path / "b.tar", "--erased", listed)
    assert ended.status == 0 and "buyer:b1 not erased again: C2 of this buyer is not closed" in ended.out
    (said,) = unhealed(elsewhere)
    assert said == "1 of the list are in the store again: run 'disputes erase --again'"
    again = desk_says(elsewhere, "erase", "--again", "--format", "jsonl")
    assert again.status == 1 and "not closed" in again.rows[0]["why_not"]
    close_second(elsewhere)
    desk_says(elsewhere, "erase", "--again", login="anna").refused(4, "supervisor")
    again = desk_says(elsewhere, "erase", "--again", "--format", "jsonl")
    assert again.status == 0 and again.rows[0]["party"] == "buyer:b1" and again.rows[0]["count"] > 3
    assert unhealed(elsewhere) == []


def test_in_a_backup_of_an_older_version_they_are_erased_after_the_migration(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, elsewhere = filled(sqlite_url), f"sqlite:///{tmp_path / 'new' / 'again.db'}"
    close_second(url)
    assert desk_says(url, "backup", tmp_path / "b.tar").status == 0
    assert desk_says(url, *ERASE).status == 0
    listed = the_list(url, tmp_path / "list.jsonl")
    later = tmp_path / "migrations"
    shutil.copytree(migrating.MIGRATIONS, later)
    (later / "9000_more.py").write_text("def up(migrator, db):\n    db.execute_sql('CREATE TABLE more (id INTEGER)')\n")
    monkeypatch.setattr(migrating, "MIGRATIONS", later)
    ended = desk_says(elsewhere, "restore", tmp_path / "b.tar", "--erased", listed)
    assert (
        ended.status == 0
        and "'disputes migrate', it is of an older version; then 'disputes erase --again'" in ended.out
    )
    assert desk_says(elsewhere, "migrate").status == 0
    again = desk_says(elsewhere, "erase", "--again", "--format", "jsonl")
    assert [(row["party"], row["why_not"]) for row in again.rows] == [("buyer:b1", "")]
    (copy,) = (tmp_path / "new").glob("again.db.before-*")
    copy.unlink()  # as the doctor says
    assert not holds_theirs(elsewhere)


def test_the_list_that_is_still_in_place_needs_no_word(sqlite_url: str, tmp_path: Path) -> None:
    url = filled(sqlite_url)
    close_second(url)
    assert desk_says(url, "backup", tmp_path / "b.tar").status == 0
    assert desk_says(url, *ERASE).status == 0
    path = database.location(url).path
    assert path is not None
    path.unlink()
    ended = desk_says(url, "restore", tmp_path / "b.tar")
    assert ended.status == 0 and "buyer:b1 erased again" in ended.out


def test_an_erasure_that_was_cut_off_before_the_list_is_on_it_with_the_next_backup(url: str, tmp_path: Path) -> None:
    close_second(url)
    assert desk_says(url, *ERASE).status == 0
    listed = the_list(url, tmp_path / "list.jsonl").read_text()
    database.open_store(url)
    (file_store().folder / ERASURES).unlink()
    database.close_store()
    assert desk_says(url, "backup", tmp_path / "b.tar").status == 0
    assert the_list(url, tmp_path / "list.jsonl").read_text() == listed


@pytest.mark.parametrize("text", ["{}", "[]", '{"at": 1, "party": "x"}', "x", "\0", "[" * 99_999])
def test_what_is_no_list_is_refused_and_nothing_is_made(text: str, sqlite_url: str, tmp_path: Path) -> None:
    url, elsewhere = filled(sqlite_url), f"sqlite:///{tmp_path / 'new' / 'again.db'}"
    assert desk_says(url, "backup", tmp_path / "b.tar").status == 0
    (tmp_path / "list").write_text(text)
    desk_says(elsewhere, "restore", tmp_path / "b.tar", "--erased", tmp_path / "list").refused(2, "Line 1 of")
    desk_says(elsewhere, "restore", tmp_path / "b.tar", "--erased", tmp_path / "no").refused(2, "cannot be read")
    assert not database.exists(database.location(elsewhere))
    for words in (("--again", "b1"), ("--again", "--preview"), ()):
        desk_says(url, "erase", *words).refused(2)
