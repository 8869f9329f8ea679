"""What `doctor` finds in a store that is well, and in one that somebody has put a hand to."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playhouse.test_utils import count_queries

from models import derived
from models.database import Location
from models.derived import derive_all
from models.file_places import file_store
from models.health import findings
from models.operations import drafts, evidencing, intake_files
from models.queries.history import RawEvent, acts_of, events_among
from models.rules.intake import Intake
from models.tables import Dispute, Evidence, Offer, Timer
from models.vocabulary import EvidenceKind, EvidenceState, Party
from tests.evidence.samples import MAIL, png
from tests.operations.desk import ANNA, a_case, dispute_id, in_review, on_day, people, take, told
from tests.operations.incoming import bring
from tests.operations.test_histories import some_rows


@pytest.fixture(autouse=True)
def _people(store: Location) -> None:
    people()


@pytest.fixture
def case() -> int:
    """With a file."""
    case = in_review()
    with on_day(7):
        evidencing.attach(ANNA, case=case, party=Party.BUYER, kind=EvidenceKind.PHOTO_ITEM, source=io.BytesIO(png()))
    return case


def said() -> dict[str, list[str]]:
    """What is not good or worth a look, by what was looked at; a test's store leaves for nowhere every day."""
    found: dict[str, list[str]] = {}
    for each in findings():
        if (not each.is_good or each.is_note) and each.what not in ("seal", "backup"):
            found.setdefault(each.what, []).append(f"{'see' if each.is_note else 'BAD'} {each.said}")
    return found


def test_a_store_that_is_well(case: int) -> None:
    assert said() == {}
    good = {each.what: each.said for each in findings()}
    assert good["clocks"] == f"1 cases derived again, none different; {Timer.select().count()} clocks"
    assert good["evidence files"] == "1 contents, all there and unchanged"


def filled(folder: Path, rows: int, name: str = "D") -> int:
    """Cases of every kind from a file; how many there are now."""
    told_rows = [row | {"case_ref": f"{name}{row['case_ref']}"} for row in some_rows(rows, rows)]
    bring(folder, *told_rows, on=40)
    return int(Dispute.select().count())


def test_every_kind_of_history_is_derived_alike(
    store: Location, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(derived, "BATCH", 32)
    count = filled(tmp_path, 120)
    seen: list[int] = []
    found = derive_all(seen.append)
    assert (found.cases, found.different, found.differences) == (count, 0, [])
    assert (found.clocks, seen) == (Timer.select().count(), [*range(32, count, 32), count])


def test_a_batch_costs_the_same_selects_whatever_it_holds(store: Location, tmp_path: Path) -> None:
    filled(tmp_path, 60)
    with count_queries() as few:
        derive_all()
    filled(tmp_path, 90, "E")
    with count_queries() as more:
        derive_all()
    assert few.count == more.count


def changed_due(case: int) -> str:
    Timer.update(due_at=Timer.due_at + 1).where((Timer.dispute == case) & (Timer.kind == "review")).execute()
    return "timer 4 review due_at: stored 2026-03-13T09:00:01Z, derived 2026-03-13T09:00:00Z"


def changed_money(case: int) -> str:
    Dispute.update(refund_minor=1).where(Dispute.id == case).execute()
    return "refund_minor: stored 1, derived None"


def other_hands(case: int) -> str:
    Dispute.update(assignee=None).where(Dispute.id == case).execute()
    return "assignee: stored None, derived anna"


def a_row_too_many(case: int) -> str:
    offer = Offer.get(Offer.dispute == case)
    Offer.create(dispute=case, number=7, **{name: getattr(offer, name) for name in (
        "lane", "version", "remedy", "amount_minor", "made_at", "expires_at", "ended", "accepted_by",
    )})  # fmt: skip
    return "offer 7: stored a row, derived nothing"


def a_clock_too_few(case: int) -> str:
    Timer.delete().where((Timer.dispute == case) & (Timer.number == 2)).execute()
    return "timer 2: stored nothing, derived a row"


def another_file(case: int) -> str:
    Evidence.update(sha256="0" * 64).where(Evidence.dispute == case).execute()
    return f"evidence 1 sha256: stored {'0' * 64}, derived the file of its event"


@pytest.mark.parametrize(
    "damage", [changed_due, changed_money, other_hands, a_row_too_many, a_clock_too_few, another_file]
)
def test_each_value_that_differs_is_named(case: int, damage: Callable[[int], str]) -> None:
    for number in range(3):
        take(told(ref=f"D-{number + 2}", order_ref=f"O-{number + 2}"))
    expected = damage(case)
    assert said()["clocks"] == [
        f"BAD C{case} {expected}",
        "BAD 1 of 4 cases differ from their events",
    ]


def test_what_the_first_sweep_of_an_older_store_will_say_is_no_difference(case: int) -> None:
    Dispute.update(moves_at=0).where(Dispute.id == case).execute()
    assert said() == {}


def test_only_the_first_differences_are_listed(store: Location, tmp_path: Path) -> None:
    count = filled(tmp_path, 60)
    Dispute.update(chasers=5).execute()
    listed = said()["clocks"]
    assert len(listed) == derived.SHOWN + 1 < count
    assert (
        listed[-1] == f"BAD {count} of {count} cases differ from their events, of which the first 20 values are shown"
    )


def test_a_case_that_moves_while_it_is_looked_at_is_looked_at_again(case: int, monkeypatch: pytest.MonkeyPatch) -> None:
    read = derived._stored
    left = [Timer]

    def moved(table: Any, rows: Any) -> Any:
        found = read(table, rows)
        if table in left:
            left.remove(table)
            with on_day(8):
                evidencing.review(ANNA, case=case, number=1, verdict=EvidenceState.ACCEPTED, note="Seen.")
        return found

    monkeypatch.setattr(derived, "_stored", moved)
    before = len(acts_of(case))
    assert derive_all().different == 0
    assert len(acts_of(case)) == before + 1


def test_events_that_nobody_can_read_are_said(store: Location, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = a_case(), (take(told(ref="D-2", order_ref="O-2")), dispute_id("D-2"))[1]

    def tampered(ids: Sequence[int]) -> Iterator[tuple[int, list[RawEvent]]]:
        for number, events in events_among(ids):
            if number == first:
                events = [event._replace(body='{"acts": [{"verb": "open"}]}') for event in events]
            if number != second:
                yield number, events

    monkeypatch.setattr(derived, "events_among", tampered)
    assert [str(each).split(",")[0] for each in derive_all().differences] == [
        f"C{first} events: stored unreadable", f"C{second} events: stored none",
    ]  # fmt: skip


SHA256 = hashlib.sha256(png()).hexdigest()
CUT_OFF = "not of this store, or left by a write that was cut off"
SHA, PLACE = SHA256[:12], f"{SHA256[:2]}/{SHA256[2:4]}/{SHA256}"


def the_file() -> Path:
    (found,) = (path for path in file_store().folder.rglob("*") if len(path.name) == 64)
    return found


def gone(case: int) -> list[str]:
    the_file().unlink()
    return [f"BAD missing 1: {SHA} of C{case}, piece 1; restore them from a backup of the folder"]


def rewritten(case: int) -> list[str]:
    the_file().chmod(0o600)
    the_file().write_bytes(b"another picture")
    the_file().chmod(0o440)
    return [f"BAD damaged 1: {PLACE} of C{case}, piece 1; restore them from a backup of the folder"]


def opened_to_all(case: int) -> list[str]:
    the_file().chmod(0o444)
    file_store().folder.chmod(0o755)
    return [f"BAD open to others 2: ., {PLACE} of C{case}, piece 1; files are 0440 and folders 0700"]


def writable(case: int) -> list[str]:
    the_file().chmod(0o640)
    return [f"BAD open to others 1: {PLACE} of C{case}, piece 1; files are 0440 and folders 0700"]


def a_link(case: int) -> list[str]:
    the_file().rename(file_store().folder / "elsewhere")
    (file_store().folder / PLACE).symlink_to(file_store().folder / "elsewhere")
    return [
        f"BAD missing 1: {SHA} of C{case}, piece 1; restore them from a backup of the folder",
        f"see strange 2: {PLACE} of C{case}, piece 1, elsewhere; {CUT_OFF}",
    ]


def left_over(case: int) -> list[str]:
    (file_store().folder / ".0123.part").write_bytes(b"half")
    return [f"see strange 1: .0123.part; {CUT_OFF}"]


def named_by_nothing(case: int) -> list[str]:
    Evidence.update(sha256=None).where(Evidence.dispute == case).execute()
    return [f"see named by nothing 1: {PLACE}; left by a write that was cut off; they can be deleted"]


@pytest.mark.parametrize("damage", [gone, rewritten, opened_to_all, writable, a_link, left_over, named_by_nothing])
def test_the_files_of_evidence_are_read_to_their_end(case: int, damage: Callable[[int], list[str]]) -> None:
    assert said() == {}
    expected = damage(case)
    assert sorted(said()["evidence files"]) == sorted(expected)


def test_a_half_filled_claim_holds_its_files_too(store: Location) -> None:
    with on_day(0):
        claim = intake_files.take_in(
            ANNA, intake=Intake(), kind=EvidenceKind.CHAT_SCREENSHOT, source=io.BytesIO(MAIL), title="mail"
        )
        drafts.save_draft(ANNA, place="open:new", fields=claim.kept())
    assert said() == {}
    the_file().unlink()
    (missing,) = said()["evidence files"]
    assert missing.startswith("BAD missing 1: ") and "of draft 1;" in missing


def test_nobody_is_blamed_for_a_folder_that_was_never_needed(store: Location) -> None:
    assert not file_store().folder.exists()
    assert said() == {}
