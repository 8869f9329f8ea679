from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.vocabulary import REASON_CODES, PartyAct, Remedy
from seed.instants import instant
from seed.reasons import reason
from tests.files.sample import GOOD, case, read, write_csv, write_jsonl

NEW_YORK = ZoneInfo("America/New_York")


def _at(text: str, zone: ZoneInfo | None = None) -> tuple[datetime, list[str]]:
    marks: list[str] = []
    return instant(text, zone, ("iso",), marks, "opened_at"), marks


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-03-01T09:00:00Z", "2026-03-01 09:00:00"),
        ("2026-03-01 09:00:00.999+02:00", "2026-03-01 07:00:00"),
        ("2026-03-01t09:00z", "2026-03-01 09:00:00"),
        ("2026-03-01T09:00:00 -0530", "2026-03-01 14:30:00"),
        ("2026-03-01", "2026-03-01 05:00:00"),
        ("2026-07-01 09:00", "2026-07-01 13:00:00"),
        ("2026-11-01 01:30:00", "2026-11-01 05:30:00"),
        ("2026-03-08 02:30:00", "2026-03-08 07:30:00"),
    ],
)
def test_instant_is_read_into_utc(text: str, utc: str) -> None:
    assert _at(text, NEW_YORK)[0].strftime("%Y-%m-%d %H:%M:%S") == utc


def test_local_hour_that_is_none_or_two_is_marked() -> None:
    assert _at("2026-11-01 01:30:00", NEW_YORK)[1] == ["opened_at: an hour that happens twice, read as its first pass"]
    assert _at("2026-03-08 02:30:00", NEW_YORK)[1] == ["opened_at: an hour that never happens, shifted"]
    assert _at("2026-11-01 01:30:00-05:00", NEW_YORK)[1] == []
    assert _at("2026-11-01 02:30:00", NEW_YORK)[1] == []


@given(
    st.datetimes(datetime(1970, 1, 2), datetime(2199, 12, 30)),  # noqa: DTZ001
    st.integers(-14 * 60, 14 * 60),
)
def test_instant_written_with_an_offset_is_read_back(local: datetime, minutes: int) -> None:
    written = local.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    assert _at(written.isoformat())[0] == written.astimezone(UTC).replace(microsecond=0)


def test_due_instant_of_none_is_a_promise_never_given(tmp_path: Path) -> None:
    found = case(tmp_path, seller_due_at="None", resolution_due_at="2027-01-01T00:00:00Z")
    assert (found.seller_due_at, found.seller_has_no_clock) == (None, True)
    assert (found.resolution_due_at is None, found.resolution_has_no_clock) == (False, False)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Item not received", "not_received/in_transit_late"),
        ("ITEM_NOT_AS_DESCRIBED", "not_as_described/spec_mismatch"),
        ("Quality issues", "quality/poor_quality"),
        ("damaged", "damaged/item_damaged"),
        ("MERCHANDISE_OR_SERVICE_NOT_RECEIVED", "not_received/in_transit_late"),
        ("credit_not_processed", "credit_not_processed/promised_refund"),
        ("fraudulent", "other/unspecified"),
        ("Not_Received/Lost", "not_received/lost"),
    ],
)
def test_reason_is_our_code_or_a_phrase_that_is_known(text: str, code: str) -> None:
    assert reason(text).code == code
    assert reason(text).needs_triage == (code == "other/unspecified")


def test_every_phrase_leads_to_a_reason_of_ours() -> None:
    from seed.reasons import _known

    assert {each.code for each in _known().values()} <= set(REASON_CODES)


def test_partial_refund_request_is_a_remedy_and_no_reason(tmp_path: Path) -> None:
    found = case(tmp_path, reason="Partial refund request")
    assert (found.reason, found.remedy, found.needs_triage) == ("other/unspecified", Remedy.PARTIAL_REFUND, True)


def test_missing_remedy_stays_missing(tmp_path: Path) -> None:
    """A default would contradict the remedy that an earlier file named."""
    assert case(tmp_path, requested_amount="5").remedy is None
    assert case(tmp_path, requested_amount="5", remedy="Return and refund").remedy == "return_and_refund"


def test_answer_without_an_instant_is_never_late_and_is_marked(tmp_path: Path) -> None:
    found = case(tmp_path, seller_response="offer", seller_notified_at="2026-03-02T00:00:00Z")
    assert (found.response, found.responded_at) == (PartyAct.OFFER, found.notified_at)
    assert any(mark.startswith("seller_responded_at:") for mark in found.marks)


def test_end_without_an_instant_is_the_last_one_known_and_is_marked(tmp_path: Path) -> None:
    found = case(tmp_path, outcome="no_refund", escalated_at="2026-03-05T00:00:00Z")
    assert found.decided_at == found.escalated_at
    assert any(mark.startswith("decided_at:") for mark in found.marks)


def test_money_objects_carry_their_currency(tmp_path: Path) -> None:
    row = {key: value for key, value in GOOD.items() if key != "currency"}
    ours = row | {
        "amount": {"amount": "12.50", "currency": "USD"},
        "refund_amount": {"amount": "1.00", "currency": "USD"},
    }
    theirs = row | {"amount": {"value": "7", "currency_code": "jpy"}}
    mixed = GOOD | {"amount": {"amount": "12.50", "currency": "EUR"}}
    first, second, third = read(write_jsonl(tmp_path, ours, theirs, mixed))
    assert first.case is not None
    assert (first.case.amount_minor, first.case.refund_minor, first.case.currency) == (1250, 100, "USD")
    assert second.case is not None
    assert (second.case.amount_minor, second.case.currency) == (7, "JPY")
    assert third.reject is not None
    assert third.reject.rule == "wrong_currency"


def test_tags_are_words_once_each(tmp_path: Path) -> None:
    assert case(tmp_path, tags="vip, late;vip  x").tags == ("vip", "late", "x")
    (found,) = read(write_jsonl(tmp_path, GOOD | {"tags": ["vip", "late vip"]}))
    assert found.case is not None
    assert found.case.tags == ("vip", "late")


def test_blanks_around_a_reference_go_and_in_a_text_stay(tmp_path: Path) -> None:
    found = case(tmp_path, case_ref=" D-1 ", currency="usd ", description="  as it is \n")
    assert (found.ref, found.currency, found.description) == ("D-1", "USD", "  as it is \n")


def test_guard_of_a_formula_is_taken_off_and_nothing_else(tmp_path: Path) -> None:
    rows = [GOOD | {"description": text} for text in ("'=1+1", "' ＝1", "''=1", "'tis", "=1")]
    found = [row.case.description for row in read(write_csv(tmp_path, *rows)) if row.case]
    assert found == ["=1+1", " ＝1", "'=1", "'tis", "=1"]
