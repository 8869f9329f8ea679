from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.errors import Misused
from models.imported import ImportedCase
from models.vocabulary import Outcome, PartyAct, State
from seed.files import read_cases
from seed.map_file import load_map, shipped_maps
from tests.files.sample import csv_text, read


def _mapped(folder: Path, map_name: str, *rows: dict[str, str]) -> list[ImportedCase]:
    path = folder / "theirs.csv"
    path.write_text(csv_text(*rows), encoding="utf-8", newline="")
    found = read(path, map_name=map_name)
    assert [row.reject for row in found if row.reject] == []
    return [row.case for row in found if row.case]


OLIST = {
    "review_id": "r1", "order_id": "o1", "customer_unique_id": "c1", "seller_id": "shop", "n_sellers": "1",
    "order_status": "shipped", "reason": "LATE_DELIVERY", "total_paid": "66.74", "currency": "BRL",
    "purchased_at": "2017-11-26 23:25:43", "ship_due_at": "2017-12-05 23:34:29", "shipped_at": "2017-12-06 21:07:09",
    "delivery_due_at": "2017-12-29 00:00:00", "delivered_at": "", "complained_at": "2017-12-31 20:25:02",
    "score": "2", "title": "Não veio", "message": "Ainda\nnada",
}  # fmt: skip


def test_olist_takes_shipping_for_the_sellers_answer(tmp_path: Path) -> None:
    (found,) = _mapped(tmp_path, "olist", OLIST)
    assert (found.source, found.language, found.reason) == ("olist", "pt", "not_received/in_transit_late")
    assert (found.amount_minor, found.paid_minor, found.currency) == (6674, 6674, "BRL")
    # Summer time in São Paulo: two hours behind UTC.
    assert found.seller_due_at == datetime(2017, 12, 6, 1, 34, 29, tzinfo=UTC)
    assert (found.responded_at, found.response) == (found.shipped_at, PartyAct.REPLY)
    assert found.description == "Não veio\nAinda\nnada"


def test_olist_without_shop_or_items_promised_nothing(tmp_path: Path) -> None:
    blank = OLIST | {"seller_id": "", "ship_due_at": " ", "shipped_at": "", "reason": "ORDER_CANCELLED_OR_UNAVAILABLE"}
    (found,) = _mapped(tmp_path, "olist", blank)
    assert (found.seller_ref, found.seller_has_no_clock, found.response) == ("unknown", True, None)
    assert (found.reason, found.needs_triage) == ("other/unspecified", True)


BOSTON = {
    "case_enquiry_id": "101", "open_dt": "2022-01-08 12:54:49", "target_dt": "2022-01-11 08:30:00",
    "closed_dt": "2022-01-09 06:43:06", "ontime": "ONTIME", "case_status": "Closed", "closure_reason": "Noted ",
    "case_title": "Pothole", "subject": "Public Works", "reason": "Highway", "type": "Pothole", "queue": "q",
    "department": "PWDx", "location": "1 Main St", "source": "Citizens Connect App",
}  # fmt: skip


def test_boston_takes_target_and_closing_for_the_departments_clock(tmp_path: Path) -> None:
    closed, open_ = _mapped(
        tmp_path, "boston311", BOSTON, BOSTON | {"target_dt": "", "closed_dt": "", "closure_reason": " "}
    )
    assert (closed.source, closed.seller_ref, closed.buyer_ref, closed.order_ref) == (
        "boston311",
        "PWDx",
        "unknown",
        "101",
    )
    assert closed.seller_due_at == datetime(2022, 1, 11, 13, 30, tzinfo=UTC)
    assert closed.responded_at == closed.decided_at == datetime(2022, 1, 9, 11, 43, 6, tzinfo=UTC)
    assert closed.description == "Pothole\nPublic Works\nHighway\n1 Main St"
    assert (closed.resolution_has_no_clock, closed.amount_minor, closed.needs_triage) == (True, 0, True)
    assert (open_.seller_has_no_clock, open_.decided_at, open_.response, open_.decision_note) == (True, None, None, "")


def test_boston_with_the_day_first_tells_the_same_case(tmp_path: Path) -> None:
    dates = {"open_dt": "08/01/2022 12:54:49", "target_dt": "11/01/2022 08:30:00", "closed_dt": "09/01/2022 06:43:06"}
    assert _mapped(tmp_path, "boston311-dmy", BOSTON | dates) == _mapped(tmp_path, "boston311", BOSTON)


CFPB = {
    "Date received": "2024-06-10", "Product": "Mortgage", "Sub-product": "", "Issue": "Servicing", "Sub-issue": "Fees",
    "Consumer complaint narrative": "They took\nit twice", "Company public response": "", "Company": "BANK",
    "Tags": "Older American, Servicemember", "Date sent to company": "2024-06-12",
    "Company response to consumer": "Closed with explanation", "Timely response?": "Yes", "Complaint ID": "7",
}  # fmt: skip


@pytest.mark.parametrize(
    ("words", "state", "outcome"),
    [
        ("Closed with explanation", State.CLOSED, Outcome.NO_REFUND),
        ("Closed with non-monetary relief", State.CLOSED, Outcome.NO_REFUND),
        ("Closed with monetary relief", State.CLOSED, None),
        ("Untimely response", State.CLOSED, None),
        ("In progress", State.AWAITING_SELLER, None),
        ("", State.AWAITING_SELLER, None),
    ],
)
def test_cfpb_is_open_only_where_its_company_has_not_closed_it(
    tmp_path: Path, words: str, state: State, outcome: Outcome | None
) -> None:
    (found,) = _mapped(tmp_path, "cfpb", CFPB | {"Company response to consumer": words})
    assert (found.state, found.outcome) == (state, outcome)
    assert (found.decided_at is None) == (state is State.AWAITING_SELLER)
    assert found.seller_has_no_clock
    assert found.resolution_has_no_clock
    assert found.tags == ("older_american", "servicemember")


def test_cfpb_sent_before_it_was_received_is_a_case(tmp_path: Path) -> None:
    (found,) = _mapped(tmp_path, "cfpb", CFPB | {"Date sent to company": "2024-06-09"})
    assert found.decided_at == found.opened_at


def test_every_shipped_map_is_whole() -> None:
    for name in shipped_maps():
        assert load_map(name).source


def _map(folder: Path, text: str) -> str:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("zone = [", "is no TOML"),
        ("zoen = 'UTC'", "zoen: there is no such key; did you mean zone?"),
        ("zone = 'Mars/Olympus'", "zone: 'Mars/Olympus' is no time zone"),
        ("dates = ['%H:%M']", "dates: '%H:%M' is no format of instants"),
        ("source = 'a:b'", "source: 'a:b' cannot name a source"),
        ("[columns]\ncase_rf = 'x'", "columns.case_rf: we have no such column; did you mean case_ref?"),
        ("[columns]\ncase_ref = 7", "columns.case_ref: write the name of a column"),
        ("[columns]\ncase_ref = { form = 'x' }", "columns.case_ref.form: there is no such key; did you mean from?"),
        ("[columns]\ncase_ref = { from = 'x', always = 'y' }", "columns.case_ref: it needs exactly one of"),
        ("[columns]\ncase_ref = 'review_id'", "columns: it has to say where order_ref comes from"),
        (
            "extends = 'olist'\n[columns]\ncase_ref = 'reviewid'",
            "no column 'reviewid'; the nearest header is 'review_id'",
        ),
        ("extends = 'olits'", "did you mean olist?"),
    ],
)
def test_wrong_map_is_refused_with_its_key(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "theirs.csv"
    path.write_text(csv_text(OLIST))
    with pytest.raises(Misused) as refusal:
        read_cases(str(path), map_name=_map(tmp_path, text))
    assert says in str(refusal.value)


def test_maps_that_extend_one_another_are_refused(tmp_path: Path) -> None:
    path = _map(tmp_path, f"extends = '{tmp_path}/mine.toml'")
    with pytest.raises(Misused, match="circle"):
        load_map(path)


def test_zone_option_wins_over_the_maps(tmp_path: Path) -> None:
    path = tmp_path / "theirs.csv"
    path.write_text(csv_text(OLIST))
    (found,) = read(path, map_name="olist", zone="UTC")
    assert found.case is not None
    assert found.case.opened_at == datetime(2017, 12, 31, 20, 25, 2, tzinfo=UTC)


def test_map_reaches_into_objects(tmp_path: Path) -> None:
    path = tmp_path / "theirs.json"
    transaction = {"id": "T-1", "buyer": {"name": "Ann"}, "seller": {"id": 5}}
    path.write_text(
        json.dumps(
            {
                "no": "P-1",
                "at": 1485254495,
                "why": "UNAUTHORISED",
                "money": {"value": "50.00", "currency_code": "USD"},
                "tx": [transaction],
            }
        )
    )
    name = _map(
        tmp_path,
        """
        dates = ["epoch"]
        [columns]
        case_ref = "no"
        order_ref = "tx.0.id"
        opened_at = "at"
        buyer_ref = { first = ["tx.0.buyer.id", "tx.0.buyer.name"] }
        seller_ref = "tx.0.seller.id"
        reason = "why"
        amount = "money"
        """,
    )
    (found,) = read(path, map_name=name)
    assert found.case is not None
    assert (found.case.order_ref, found.case.buyer_ref, found.case.seller_ref) == ("T-1", "Ann", "5")
    assert (found.case.amount_minor, found.case.currency) == (5000, "USD")
    assert found.case.opened_at == datetime(2017, 1, 24, 10, 41, 35, tzinfo=UTC)
