"""One case whole."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playhouse.test_utils import count_queries

from models.columns import Money
from models.database import Location
from models.errors import Misused, NotFound
from models.imported import ImportedCase
from models.queries.case_file import case_file
from models.queries.named_case import currency_of, find
from models.rules.act import Act, Verb
from models.tables import Decision
from models.vocabulary import Outcome, Party, PartyAct, Payer, RefundState, Remedy
from tests.queries.cases import ANN, Made, add

OPENED = datetime(2026, 3, 1, 9, tzinfo=UTC)


def at(hours: int) -> datetime:
    return OPENED + timedelta(hours=hours)


def lamp(ref: str = "D:1", *acts: Act) -> tuple[ImportedCase, list[tuple[Act, datetime]]]:
    """A case about a lamp, with these acts after its opening and the seller's notice."""
    told = ImportedCase(
        source="shop", ref=ref, order_ref="O1", opened_at=OPENED, buyer_ref="B1", seller_ref="S1", buyer_name="Mira",
        seller_name="Blue Lamp", reason="quality/poor_quality", amount_minor=5000, currency="EUR", paid_minor=4000,
        description="it flickers", item_title="Lamp", decision_note="seen", marks=("opened_at: twice",),
        buyer_country="PL", carrier="Post",
    )  # fmt: skip
    first = Act(
        verb=Verb.OPEN, occurred_at=OPENED, reason=told.reason, amount_minor=5000, currency="EUR", paid_minor=4000,
        remedy=Remedy.PARTIAL_REFUND, requested_minor=2500,
    )  # fmt: skip
    history = [first, Act(verb=Verb.NOTIFY, occurred_at=OPENED), *acts]
    return told, [(act, act.occurred_at) for act in history]


OFFER = Act(
    verb=Verb.RESPOND, occurred_at=at(24), party=Party.SELLER, move=PartyAct.OFFER, amount_minor=1000,
    remedy=Remedy.PARTIAL_REFUND,
)  # fmt: skip
RULED = (
    Act(verb=Verb.ESCALATE, occurred_at=at(50), party=Party.BUYER, cause="no agreement"),
    Act(verb=Verb.DECIDE, occurred_at=at(60), by="ann", outcome=Outcome.PARTIAL_REFUND, amount_minor=1500,
        payer=Payer.SELLER, findings=("defect_shown",)),
    Act(verb=Verb.REFUND, occurred_at=at(61), refund=RefundState.INSTRUCTED, amount_minor=1500),
    Act(verb=Verb.REFUND, occurred_at=at(62), refund=RefundState.CONFIRMED, amount_minor=1500),
)  # fmt: skip


def test_a_case_is_shown_with_all_its_parts(store: Location) -> None:
    (made,) = add([lamp("D:1", OFFER, *RULED)])
    file = case_file(made.id, at(70))
    assert (file.row.case, file.row.ref, file.row.state) == (f"C{made.id}", "D:1", "resolved")
    assert (file.buyer.name, file.buyer.country, file.seller.name) == ("Mira", "PL", "Blue Lamp")
    assert (file.order.ref, file.order.paid, file.order.carrier) == ("O1", Money(4000, "EUR"), "Post")
    assert [(line.title, line.amount) for line in file.order.lines] == [("Lamp", Money(5000, "EUR"))]
    assert [(claim.text, claim.requested) for claim in file.claims] == [("it flickers", Money(2500, "EUR"))]
    assert file.marks == ("opened_at: twice",)
    assert [(offer.lane, offer.amount.amount_minor) for offer in file.offers] == [("buyer", 2500), ("seller", 1000)]
    assert [(refund.state, refund.amount) for refund in file.refunds] == [("confirmed", Money(1500, "EUR"))]
    (decision,) = file.decisions
    assert (decision.outcome, decision.note, decision.findings) == ("partial_refund", "seen", ("defect_shown",))
    assert file.refund == Money(1500, "EUR")
    assert file.refundable == Money(2500, "EUR"), "what was paid, less what was confirmed"
    assert [message.text for message in file.messages] == ["cracked screen"]
    assert currency_of(made.id) == "EUR"


def test_the_timeline_tells_every_act_in_our_words(store: Location) -> None:
    (made,) = add([lamp("D:1", OFFER, *RULED)])
    events = case_file(made.id, at(70)).events
    assert [(event.verb, event.words) for event in events] == [
        ("open", "quality/poor_quality, 50.00 EUR, asks for partial_refund"),
        ("notify", "seller told"),
        ("respond", "seller: offer, partial_refund, 10.00 EUR"),
        ("escalate", "by buyer, no agreement"),
        ("decide", "partial_refund, 15.00 EUR, seller pays"),
        ("refund", "instructed, 15.00 EUR"),
        ("refund", "confirmed, 15.00 EUR"),
    ]
    assert [event.occurred_at for event in events][2:4] == [at(24), at(50)]
    assert {event.actor for event in events} == {ANN.login}


def test_clocks_and_offers_are_judged_at_the_instant(store: Location) -> None:
    (made,) = add([lamp("D:1", OFFER)])

    def seen(hours: int) -> tuple[dict[str, str], list[str]]:
        file = case_file(made.id, at(hours))
        return {each.kind: each.standing for each in file.clocks}, [offer.standing for offer in file.offers]

    running = {"resolution": "running", "negotiation_cap": "running", "seller_response": "met"}
    assert seen(30) == ({**running, "buyer_reply": "running"}, ["live", "live"])
    assert seen(24 + 72) == ({**running, "buyer_reply": "due_soon"}, ["live", "live"])
    clocks, offers = seen(24 + 73)
    assert (clocks["buyer_reply"], offers) == ("breached", ["live", "expired"])
    (late,) = [each for each in case_file(made.id, at(24 + 73)).clocks if each.overdue_by is not None]
    assert (late.kind, late.overdue_by, late.owner) == ("buyer_reply", 3600, "buyer")


def test_a_record_is_a_number_with_its_whole(store: Location) -> None:
    answered, silent, fresh = add([lamp("D:1", OFFER), lamp("D:2"), lamp("D:3")])
    file = case_file(answered.id, at(130))
    assert (file.seller.cases, file.seller.open_cases) == (3, 3)
    assert (file.seller.missed, file.seller.promised) == (2, 3), "two never answered, one did in time"
    assert (file.buyer.cases, file.buyer.missed, file.buyer.promised) == (3, None, None)
    early = case_file(silent.id, at(100)).seller
    assert (early.missed, early.promised) == (0, 1), "who still has time has missed nothing"
    later = case_file(fresh.id, OPENED + timedelta(days=91)).seller
    assert (later.cases, later.open_cases, later.promised) == (0, 0, 0)


def test_what_a_decision_holds_as_json_is_read(store: Location) -> None:
    (made,) = add([lamp("D:1", *RULED)])
    Decision.update(
        points='[{"point": "quality", "claimed": "a", "answered": "b", "shown": "c", "found": "d"}]',
        basis='[["value_loss", 30, 1200], ["repair_cost", null, 300]]',
    ).execute()
    (decision,) = case_file(made.id).decisions
    assert decision.points[0].found == "d"
    assert [(str(line.kind), line.percent, line.amount_minor) for line in decision.basis] == [
        ("value_loss", 30, 1200),
        ("repair_cost", None, 300),
    ]


def test_a_case_costs_the_same_selects_whatever_it_holds(desk: list[Made]) -> None:
    counts = set()
    for made in desk[:10]:
        with count_queries() as counter:
            case_file(made.id)
        counts.add(counter.count)
    assert counts == {22}


def test_a_case_is_found_by_its_code_and_by_source_and_ref(store: Location) -> None:
    (made,) = add([lamp("D:1")])
    assert find(f"C{made.id}") == find(f" c{made.id} ") == find("shop:D:1") == made.id
    for missing in ("C999999999999", "shop:D:2", "SHOP:D:1", ":", "shop:\x00"):
        with pytest.raises((NotFound, Misused)) as caught:
            find(missing)
        assert caught.value.exit_status == 2
    for wrong in ("", "12", "C", "C12x", "C" + "9" * 19):
        with pytest.raises(Misused, match="names no case"):
            find(wrong)


def test_a_case_that_is_not_there_is_said_so(store: Location) -> None:
    for read in (case_file, currency_of):
        with pytest.raises(NotFound, match="C7"):
            read(7)
