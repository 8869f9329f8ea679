"""Files of a claim that is not a case yet: added to its draft and taken out again, within the limits of a side."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest

from models.database import Location
from models.errors import NotAllowed, NotFound, Refused
from models.file_places import file_store
from models.operations import intake_drafts, intake_files, opening
from models.operations.drafts import save_draft
from models.queries.case_file import case_file
from models.queries.intakes import intake as intake_of
from models.queries.intakes import intakes
from models.rules.intake import Intake
from models.rules.policy import policy
from models.tables import Draft
from models.vocabulary import EvidenceKind, Outcome
from tests.evidence.samples import MAIL, png
from tests.operations.desk import ADA, ANNA, BEN, SUE, assert_replays, day, events, on_day, people, take, told

CLAIM = Intake(
    order="O-1", reason="quality/poor_quality", remedy="full_refund", amount="25.00",
    expected="a cup", actual="shards", tried="wrote on Monday",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _people(store: Location) -> None:
    people()
    with on_day(2):
        take(told(paid_minor=9_000, outcome=Outcome.WITHDRAWN, decided_at=day(1)))


def kept_files() -> int:
    folder = file_store().folder
    return len([path for path in folder.rglob("*") if path.is_file()]) if folder.exists() else 0


def test_a_file_of_a_draft_is_the_first_piece_of_its_case() -> None:
    with on_day(3):
        number = intake_drafts.keep_draft(ANNA, intake=CLAIM)
        with pytest.raises(Refused, match="photo_item or video_item"):
            opening.submit_draft(ANNA, draft=number)
        before = events()
        intake_drafts.attach_file(ANNA, draft=number, kind=EvidenceKind.OTHER, source=io.BytesIO(MAIL), title="mail")
        kind = EvidenceKind.PHOTO_ITEM
        shown = intake_drafts.attach_file(ANNA, draft=number, kind=kind, source=io.BytesIO(png()), title="cup").shown
        assert events() == before, "a draft is no change of a case"
        assert [piece.title for piece in shown] == ["mail", "cup"] == [each.title for each in intake_of(number).shown]
        intake_drafts.detach_file(ANNA, draft=number, number=1)
        case = opening.submit_draft(ANNA, draft=number).dispute_id
    assert_replays(case)
    assert [(piece.kind, piece.title) for piece in case_file(case).evidence] == [("photo_item", "cup")]


def test_what_else_the_screen_keeps_in_a_draft_stays() -> None:
    with on_day(3):
        save_draft(ANNA, place="open:a", fields={**CLAIM.kept(), "buyer": "ada"})
        (row,) = intakes(ANNA)
        intake_drafts.attach_file(ANNA, draft=row.number, kind=EvidenceKind.OTHER, source=io.BytesIO(MAIL))
    body = json.loads(Draft.get().body)
    assert (body["buyer"], body["order"], len(body["shown"])) == ("ada", "O-1", 1)


def test_only_who_may_see_a_draft_adds_to_it() -> None:
    with on_day(3):
        number = intake_drafts.keep_draft(ANNA, intake=CLAIM)
        for actor, draft, error in ((BEN, number, NotFound), (ADA, number, NotFound), (ANNA, 99, NotFound)):
            with pytest.raises(error):
                intake_drafts.attach_file(actor, draft=draft, kind=EvidenceKind.OTHER, source=io.BytesIO(MAIL))
            with pytest.raises((NotAllowed, NotFound)):
                intake_drafts.detach_file(actor, draft=draft, number=1)
        assert kept_files() == 0, "nobody without the right fills the folder"
        intake_drafts.attach_file(SUE, draft=number, kind=EvidenceKind.OTHER, source=io.BytesIO(MAIL))
        for wrong in (0, 2):
            with pytest.raises(Refused, match="it has 1"):
                intake_drafts.detach_file(ANNA, draft=number, number=wrong)


def test_a_draft_has_the_room_of_a_side_and_the_same_file_counts_once() -> None:
    limits = policy(1).files
    large = intake_files.take_in(ANNA, intake=CLAIM, kind=EvidenceKind.OTHER, source=io.BytesIO(MAIL)).shown[0]
    most = tuple(
        replace(large, sha256=f"{number:064x}", size_bytes=limits.file_bytes_at_most)
        for number in range(limits.side_bytes_at_most // limits.file_bytes_at_most)
    )
    with on_day(3):
        number = intake_drafts.keep_draft(ANNA, intake=replace(CLAIM, shown=most))
        with pytest.raises(Refused) as refusal:
            intake_drafts.attach_file(ANNA, draft=number, kind=EvidenceKind.OTHER, source=io.BytesIO(png()))
        assert refusal.value.rule == "side_size" and "50 MB are there" in str(refusal.value)
        twice = replace(CLAIM, shown=(most[0], *most[:-1]))
        number = intake_drafts.keep_draft(ANNA, intake=twice)
        intake_drafts.attach_file(ANNA, draft=number, kind=EvidenceKind.OTHER, source=io.BytesIO(png()))


@pytest.mark.parametrize(
    ("data", "rule"), [(b"MZ\x90\0 a program", "file_type"), (b"", "file_size"), (bytes(10_000_001), "file_size")]
)
def test_a_preview_judges_a_file_as_keeping_it_does_and_keeps_nothing(data: bytes, rule: str) -> None:
    with on_day(3):
        for is_kept in (False, True):
            with pytest.raises(Refused) as refusal:
                intake_files.take_in(
                    ANNA, intake=CLAIM, kind=EvidenceKind.OTHER, source=io.BytesIO(data), is_kept=is_kept
                )
            assert refusal.value.rule == rule
        good = {"intake": CLAIM, "kind": EvidenceKind.OTHER, "is_kept": False}
        seen = intake_files.take_in(ANNA, source=io.BytesIO(png()), **good)  # type: ignore[arg-type]
        assert kept_files() == 0
        kept = intake_files.take_in(ANNA, intake=CLAIM, kind=EvidenceKind.OTHER, source=io.BytesIO(png()))
    assert seen == kept and kept_files() == 1
