"""What was a person's is gone from the store, its files and its bytes; what the desk decided, and the chain, stand."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import peewee
import pytest

from models.database import Location
from models.errors import NotAllowed, NotFound, Refused, StoreUnavailable
from models.file_places import ERASURES, file_store
from models.health import findings
from models.operations import drafts, erasing, evidencing, following, moving, outbox, parties, talking
from models.operations.personal_data import ERASED
from models.operations.saving_views import save_view
from models.queries.audit import verify
from models.queries.parties import find_party
from models.tables import ALL, Draft, Event, Evidence, Outgoing, SavedView
from models.tables import Party as PartyRow
from models.tables import database as engine
from models.vocabulary import Audience, EvidenceKind, Party, PartyAct, State
from tests.access.page import CASES
from tests.command_line.run import in_process
from tests.evidence.samples import MAIL, png
from tests.operations.desk import ADA, ANNA, SUE, a_case, assert_all_replay, events, on_day, people, stored
from tests.operations.faults import failing_at
from tests.operations.incoming import bring

NOTE = "Asked by mail."
MOST_STATEMENTS = 200
THEIRS = "qzyx"
"""In everything that is the buyer's, and in nothing else."""


@pytest.fixture(autouse=True)
def _people(store: Location) -> None:
    people()


def mine(what: str) -> str:
    return f"{THEIRS}{what}"


def shows(case: int, data: bytes, title: str = "") -> None:
    evidencing.attach(ANNA, case=case, party=Party.BUYER, kind=EvidenceKind.OTHER, source=io.BytesIO(data), title=title)


@pytest.fixture
def cases() -> tuple[int, int]:
    """Two of the buyer, over; each place that can hold their data holds some."""
    known = {
        "buyer_ref": "b1", "buyer_name": mine("name"), "buyer_country": "XK",
        "buyer_email": f"{mine('mail')}@example.org",
        "buyer_phone": mine("phone"), "ship_address": mine("street"), "description": mine("claim"),
    }  # fmt: skip
    first = a_case(**known)
    second = a_case(**{**known, "ref": "D-2", "order_ref": "O-2", "seller_ref": "s2"})
    with on_day(1):
        for case, data in ((first, png()), (first, MAIL), (second, png())):
            evidencing.attach(
                ANNA,
                case=case,
                party=Party.BUYER,
                kind=EvidenceKind.OTHER,
                source=io.BytesIO(data),
                title=mine("title"),
            )
        talking.message(ANNA, case=first, audience=Audience.BUYER, text=f"Dear {mine('letter')}")
        talking.note(ANNA, case=first, text="The desk's own.")
        following.flag(ANNA, case=first, party=Party.BUYER, note=mine("flag"))
        parties.warn(SUE, party=find_party("buyer:b1"), note=mine("warning"), text=mine("warned"))
        talking.respond(ANNA, case=first, party=Party.SELLER, move=PartyAct.REPLY, text="The seller's own.")
        for case in (first, second):
            moving.withdraw(ANNA, case=case, note="The parcel came.")
        drafts.save_draft(ANNA, place=f"note:C{first}", fields={"text": mine("draft")})
        drafts.save_draft(ANNA, place="note:C999", fields={"text": f"another's, like {mine('name')}"})
        drafts.save_draft(SUE, place=f"party-warn:{find_party('buyer:b1')}", fields={"note": mine("note")})
        named = mine("name").upper()
        talking.note(ANNA, case=first, text=f"Rang {named} at {mine('phone')}: no answer.")
        talking.message(ANNA, case=first, audience=Audience.SELLER, text=f"{named} has sent it back.")
        save_view(SUE, name="theirs", text=f'buyer:"{named}"', sort="due", is_shared=True)
        save_view(SUE, name="others", text="buyer:qz", sort="due")
        drafts.save_draft(SUE, place="desk", fields={"where": f'"{named}"'})
    assert stored(first).state == State.CLOSED
    return first, second


def erase(ref: str = "buyer:b1") -> dict[str, int]:
    with on_day(2):
        return {each.what: each.count for each in erasing.erase(SUE, party=find_party(ref), note=NOTE)}


def everything() -> str:
    """Every value of every table."""
    return json.dumps([list(table.select().tuples()) for table in ALL], default=str)


def kept_files() -> set[str]:
    return {path.name for path in file_store().folder.rglob("*") if path.is_file() and path.name != ERASURES}


def is_well() -> bool:
    daily = ("seal", "backup")
    assert [each for each in findings() if (not each.is_good or each.is_note) and each.what not in daily] == []
    assert verify().first_bad_seq is None
    assert_all_replay()
    return True


def test_nothing_of_theirs_is_left_and_the_chain_and_every_case_stand(cases: tuple[int, int]) -> None:
    assert THEIRS.upper() in everything() and is_well()
    before = events()
    gone = erase()
    assert THEIRS not in everything().lower()
    assert events() == before + 1 and is_well()
    assert gone["evidence"] == 3 and gone["files that nothing else shows"] == 2 and kept_files() == set()
    assert gone["contact data"] == 1 and gone["claims"] == 2
    assert gone["other texts that name them"] == 3 and gone["saved views that name them"] == 1
    texts = everything()
    assert f"Rang {ERASED} at {ERASED}: no answer." in texts and f"{ERASED} has sent it back." in texts
    assert {row.name for row in SavedView.select()} == {"others"}
    assert "The desk's own." in texts and "The seller's own." in texts and "another's" in texts and ERASED in texts
    buyer: Any = PartyRow.get_by_id(find_party("buyer:b1"))
    assert (buyer.ref, buyer.name, buyer.name_folded, buyer.country) == ("b1", "", "", "")


def test_its_event_holds_numbers_alone(cases: tuple[int, int]) -> None:
    erase()
    last: Any = Event.select().order_by(Event.seq.desc()).get()
    assert (last.verb, last.actor, last.dispute_id) == ("erase", "sue", None)
    body = json.loads(last.body)
    assert body.pop("text_digest") and NOTE not in last.body
    assert body == {"party": find_party("buyer:b1"), "pieces": [[cases[0], 1], [cases[0], 2], [cases[1], 1]]}


def test_its_words_are_gone_from_the_bytes_of_the_store(cases: tuple[int, int], store: Location) -> None:
    if store.path is None:
        pytest.skip("the server's own files are its keeper's to vacuum")
    marks = [mine(what).encode() for what in ("name", "mail", "street", "claim", "letter", "flag", "title", "draft")]
    engine.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    assert all(mark in store.path.read_bytes() for mark in marks)
    erase()
    for path in store.path.parent.rglob("*"):
        if path.is_file():
            assert THEIRS.encode() not in path.read_bytes().lower(), path.name


def test_whichever_statement_fails_they_are_erased_whole_or_not_at_all(cases: tuple[int, int]) -> None:
    before, files = everything(), kept_files()
    for number in range(1, MOST_STATEMENTS):
        with failing_at(number) as plan:
            try:
                erase()
            except (StoreUnavailable, peewee.OperationalError):
                assert plan.has_failed
        if everything() != before:
            break
        assert kept_files() == files, f"statement {number}"
    assert 20 < number < MOST_STATEMENTS - 1
    assert THEIRS not in everything().lower() and verify().first_bad_seq is None
    assert erase() == {}


def test_a_file_that_another_shows_too_stays(cases: tuple[int, int]) -> None:
    other = a_case(ref="D-3", order_ref="O-3", buyer_ref="b3")
    with on_day(1):
        shows(other, png())
    assert erase()["files that nothing else shows"] == 1
    (left,) = Evidence.select().where(Evidence.sha256.is_null(False))
    assert kept_files() == {left.sha256} and is_well()
    assert evidencing.look(ANNA, case=other, number=1).data == png()
    with pytest.raises(Refused, match="erased"):
        evidencing.look(ANNA, case=cases[0], number=1)


def test_a_file_that_was_lost_is_told_from_one_that_was_erased(cases: tuple[int, int]) -> None:
    erase()
    other = a_case(ref="D-3", order_ref="O-3", buyer_ref="b3")
    with on_day(1):
        shows(other, png())
    Evidence.update(sha256=None).where(Evidence.dispute == other).execute()
    assert [each.what for each in findings() if not each.is_good] == ["clocks"] * 2


def test_what_waits_to_be_sent_to_them_is_not_sent(cases: tuple[int, int]) -> None:
    to_buyer = Outgoing.party == find_party("buyer:b1")
    first: Any = Outgoing.select().where(to_buyer).order_by(Outgoing.id).get()
    with on_day(1):
        outbox.mark_sent(SUE, numbers=[first.id])
    assert Outgoing.select().where(to_buyer & Outgoing.sent_at.is_null()).count() > 0
    sellers = Outgoing.select().where(~to_buyer).count()
    erase()
    assert [(each.id, each.text) for each in Outgoing.select().where(to_buyer)] == [(first.id, ERASED)]
    assert Outgoing.select().where(~to_buyer).count() == sellers


def test_a_seller_is_erased_alike_and_the_buyers_words_stay(cases: tuple[int, int]) -> None:
    erase("seller:s1")
    texts = everything()
    assert "The seller's own." not in texts and mine("claim") in texts and mine("mail") in texts
    assert Evidence.select().where(Evidence.sha256.is_null(False)).count() == 3 and is_well()


def test_rejected_rows_that_name_them_are_emptied(tmp_path: Path) -> None:
    bring(
        tmp_path, {"case_ref": "1", "buyer_ref": "b7", "amount": "much", "buyer_name": mine("name")}, {"case_ref": "2"}
    )
    bring(tmp_path, {"case_ref": "3", "order_ref": "9", "buyer_ref": "b7", "outcome": "withdrawn",
                     "decided_at": "2026-03-05T09:00:00Z"})  # fmt: skip
    assert THEIRS in everything()
    assert erase("buyer:b7")["rejected rows of files with their reference"] == 1
    assert THEIRS not in everything() and is_well()


def test_while_a_case_goes_on_nothing_is_erased(cases: tuple[int, int]) -> None:
    case = a_case(ref="D-3", order_ref="O-3")
    before = everything()
    for call in (
        lambda: erase(),
        lambda: erasing.would_erase(SUE, party=find_party("buyer:b1")),
    ):
        with pytest.raises(Refused, match=f"C{case} .*not closed") as refusal:
            call()
        assert refusal.value.rule == "cases_not_closed"
    assert everything() == before


def test_a_preview_says_the_same_and_writes_nothing(cases: tuple[int, int]) -> None:
    before = everything()
    would = {each.what: each.count for each in erasing.would_erase(SUE, party=find_party("buyer:b1"))}
    assert everything() == before and len(kept_files()) == 2
    assert erase() == would
    again = erasing.would_erase(SUE, party=find_party("buyer:b1"))
    assert again == () and erase() == {}


def test_it_is_a_supervisors_for_a_reason(cases: tuple[int, int]) -> None:
    before = everything()
    number = find_party("buyer:b1")
    for actor in (ANNA, ADA):
        with pytest.raises(NotAllowed):
            erasing.erase(actor, party=number, note=NOTE)
        with pytest.raises(NotAllowed):
            erasing.would_erase(actor, party=number)
    with pytest.raises(Refused):
        erasing.erase(SUE, party=number, note=" ")
    with pytest.raises(NotFound):
        erasing.erase(SUE, party=999, note=NOTE)
    assert everything() == before
    assert Draft.select().count() == 4


def test_a_name_is_no_part_of_a_longer_word_and_no_other_party_is_touched() -> None:
    case = a_case(buyer_ref="b1", buyer_name="Ann Lee", seller_ref="s1", seller_name="Ann Lee Trading")
    with on_day(1):
        talking.note(ANNA, case=case, text="Ann Lee, ann lee's and Joann Leeds; b1.")
        talking.message(ANNA, case=case, audience=Audience.SELLER, text="Dear Ann Leeds")
        moving.withdraw(ANNA, case=case, note="The parcel came.")
    erase()
    texts = everything()
    assert f"{ERASED}, {ERASED}'s and Joann Leeds; b1." in texts
    assert "Dear Ann Leeds" in texts and '"Ann Lee Trading"' in texts


def test_a_name_without_spaces_around_it_is_found() -> None:
    case = a_case(buyer_ref="b1", buyer_name="\u5f20\u4f1f")
    with on_day(1):
        talking.note(ANNA, case=case, text="\u4eca\u5929\u5f20\u4f1f\u8bf4")
        moving.withdraw(ANNA, case=case, note="The parcel came.")
    assert "\\u5f20\\u4f1f" in everything()
    erase()
    assert "\\u5f20\\u4f1f" not in everything()


def test_a_copy_from_before_a_migration_is_named(sqlite_url: str, tmp_path: Path) -> None:
    assert in_process(sqlite_url, "init").status == 0
    assert in_process(sqlite_url, "import", "-", stdin=CASES).status == 0
    (tmp_path / "store.db.before-0012_x").touch()
    ended = in_process(sqlite_url, "erase", "b-77", "--note", NOTE)
    assert "Delete what lies beside the store, for it holds it too: store.db.before-0012_x." in ended.out
