"""What is said, offered, shown and sent in a case, by whomever."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from typing import Any

from hypothesis import strategies as st

from models.operations import chasing, evidencing, moving, outbox, talking
from models.rules import talks
from models.rules.act import Verb
from models.tables import Outgoing
from models.vocabulary import Audience, EvidenceKind, EvidenceState, Party, PartyAct, Remedy
from tests.evidence.samples import MAIL, png
from tests.invariants.walk import ACTORS, BACK, CASES, Walk, step

PARTIES = st.sampled_from([Party.BUYER, Party.SELLER] * 4 + [Party.PLATFORM])
MOVES = st.sampled_from(
    [(party, move) for party, moves in talks.MOVES.items() for move in moves if move is not PartyAct.ACCEPT] * 3
    + [(party, move) for party in Party for move in PartyAct]
)
"""Mostly those of the party."""
TERMS = st.sampled_from(
    [
        (Remedy.FULL_REFUND, None),
        (Remedy.PARTIAL_REFUND, 3_000),
        (Remedy.PARTIAL_REFUND, 4_500),
        (Remedy.RETURN_AND_REFUND, 5_000),
        (Remedy.REPLACEMENT, 0),
        (None, 2_000),
        (None, 10_001),
        (None, None),
    ]
)
"""A remedy and an amount."""
MONEY = st.integers(0, 10_000)
NOTES = st.sampled_from(["n"] * 9 + [""])
"""A reason, and now and then none."""
VERDICTS = st.sampled_from([EvidenceState.ACCEPTED, EvidenceState.REJECTED] * 4 + list(EvidenceState))
FILES = (png(), png(5, 5), png(6, 6), MAIL, MAIL + b"\n", b"", b"MZ\x90\x00 no picture")
KINDS = (EvidenceKind.PHOTO_ITEM, EvidenceKind.LISTING_SNAPSHOT, EvidenceKind.TRACKING_PROOF)


class Talks(Walk):
    @step(Verb.NOTIFY, which=CASES, who=ACTORS, back=BACK)
    def notifies(self, which: int, who: str, back: int) -> None:
        case = self.case(which, Verb.NOTIFY)
        change = partial(moving.notify, self.actor(who, case), case=case, occurred_at=self.at(back))
        self.tries(Verb.NOTIFY, case, change)

    @step(
        Verb.RESPOND,
        which=CASES,
        who=ACTORS,
        said=MOVES,
        terms=TERMS,
        back=BACK,
        text=NOTES,
    )
    def responds(
        self, which: int, who: str, said: tuple[Party, PartyAct], terms: tuple[Remedy | None, int | None], back: int,
        text: str,
    ) -> None:  # fmt: skip
        case, (party, move), (remedy, amount) = self.case(which, Verb.RESPOND), said, terms
        names: dict[str, Any] = {}
        if move in (PartyAct.OFFER, PartyAct.REQUEST):
            names = {"remedy": remedy, "amount_minor": amount}
        change = partial(
            talking.respond, self.actor(who, case), case=case, party=party, move=move, text=text,
            occurred_at=self.at(back), **names,
        )  # fmt: skip
        self.tries(Verb.RESPOND, case, change)

    @step(Verb.RESPOND, which=CASES, who=ACTORS, party=st.sampled_from([Party.BUYER, Party.SELLER]), back=BACK,
          number=st.sampled_from([None] * 5 + [1, 2, 3, 4, 5]))  # fmt: skip
    def accepts(self, which: int, who: str, party: Party, back: int, number: int | None) -> None:
        """One offer: the one that stands, or another; a version that stands no more is refused."""
        case, at = self.case(which, Verb.RESPOND), self.at(back)
        known = self.known[case]
        lanes = (talks.OTHER[party], Party.PLATFORM)
        live = [offer.number for lane in lanes if (offer := known.live_offer(lane, at)) is not None]
        change = partial(
            talking.respond, self.actor(who, case), case=case, party=party, move=PartyAct.ACCEPT, offer=number,
            occurred_at=at,
        )  # fmt: skip
        if self.tries(Verb.RESPOND, case, change):
            assert (number in live) if number is not None else len(live) == 1

    @step(Verb.ESCALATE, which=CASES, who=ACTORS, party=PARTIES, cause=NOTES, back=BACK, note=NOTES)
    def escalates(self, which: int, who: str, party: Party, cause: str, back: int, note: str) -> None:
        case = self.case(which, Verb.ESCALATE)
        change = partial(
            moving.escalate, self.actor(who, case), case=case, party=party, cause=cause, note=note,
            occurred_at=self.at(back),
        )  # fmt: skip
        self.tries(Verb.ESCALATE, case, change)

    @step(Verb.MESSAGE, which=CASES, who=ACTORS, audience=st.sampled_from(list(Audience)), text=NOTES,
          template=st.sampled_from([""] * 5 + ["ask_for_tracking", "nothing_of_ours"]))  # fmt: skip
    def writes(self, which: int, who: str, audience: Audience, text: str, template: str) -> None:
        case = self.case(which, Verb.MESSAGE)
        change = partial(
            talking.message, self.actor(who, case), case=case, audience=audience, text=text, template=template
        )
        self.tries(Verb.MESSAGE, case, change)

    @step(Verb.MESSAGE, which=CASES, who=ACTORS, party=st.sampled_from([Party.BUYER, Party.SELLER]), back=BACK)
    def answers_by_machine(self, which: int, who: str, party: Party, back: int) -> None:
        """It starts and stops nothing."""
        case = self.case(which, Verb.MESSAGE)
        before = self.known[case].clocks, self.known[case].state
        change = partial(
            talking.automatic_reply,
            self.actor(who, case),
            case=case,
            party=party,
            text="away",
            occurred_at=self.at(back),
        )
        self.tries(Verb.MESSAGE, case, change)
        assert (self.known[case].clocks, self.known[case].state) == before

    @step(Verb.NOTE, which=CASES, who=ACTORS, text=NOTES)
    def notes(self, which: int, who: str, text: str) -> None:
        case = self.case(which, Verb.NOTE)
        self.tries(Verb.NOTE, case, partial(talking.note, self.actor(who, case), case=case, text=text))

    @step(Verb.CHASE, which=CASES, who=ACTORS)
    def chases(self, which: int, who: str) -> None:
        case = self.case(which, Verb.CHASE)
        before = self.known[case].clocks
        self.tries(Verb.CHASE, case, partial(chasing.chase, self.actor(who, case), case=case))
        assert self.known[case].clocks == before

    @step(Verb.ATTACH, which=CASES, who=ACTORS, party=PARTIES, kind=st.sampled_from(KINDS), data=st.sampled_from(FILES),
          replaces=st.sampled_from([None] * 5 + [1, 2, 3]), back=BACK)  # fmt: skip
    def shows(
        self, which: int, who: str, party: Party, kind: EvidenceKind, data: bytes, replaces: int | None, back: int
    ) -> None:
        case = self.case(which, Verb.ATTACH)
        change = partial(
            evidencing.attach, self.actor(who, case), case=case, party=party, kind=kind, source=BytesIO(data),
            replaces=replaces, occurred_at=self.at(back),
        )  # fmt: skip
        self.tries(Verb.ATTACH, case, change)

    @step(Verb.REVIEW, which=CASES, who=ACTORS, number=st.integers(1, 3), note=NOTES,
          verdict=VERDICTS)  # fmt: skip
    def judges_evidence(self, which: int, who: str, number: int, note: str, verdict: EvidenceState) -> None:
        case = self.case(which, Verb.REVIEW)
        change = partial(evidencing.review, self.actor(who, case), case=case, number=number, verdict=verdict, note=note)
        self.tries(Verb.REVIEW, case, change)

    @step("outbox sent", who=ACTORS, most=st.integers(1, 3))
    def sends(self, who: str, most: int) -> None:
        """What waits in the outbox, and what was sent already: nothing goes twice."""
        case, marked = self.ids[0], list[int]()
        rows = Outgoing.select().where(Outgoing.dispute.in_(self.ids)).order_by(Outgoing.id).limit(most)
        numbers, new = [row.id for row in rows], [row.id for row in rows if row.sent_at is None]
        actor = self.actor(who, case)
        if self.tries("outbox sent", case, lambda: marked.extend(outbox.mark_sent(actor, numbers=numbers))):
            assert marked == new

    @step(Verb.RECODE, which=CASES, who=ACTORS, note=NOTES, reason=st.sampled_from(
        ["quality/poor_quality", "not_as_described/wrong_item", "payment/wrong_amount", "other/unspecified", "bad"]
    ))  # fmt: skip
    def recodes(self, which: int, who: str, note: str, reason: str) -> None:
        case = self.case(which, Verb.RECODE)
        change = partial(moving.recode, self.actor(who, case), case=case, reason=reason, note=note)
        self.tries(Verb.RECODE, case, change)

    @step(Verb.WITHDRAW, is_late=True, which=CASES, who=ACTORS, note=NOTES, back=BACK)
    def withdraws(self, which: int, who: str, note: str, back: int) -> None:
        case = self.case(which, Verb.WITHDRAW)
        change = partial(moving.withdraw, self.actor(who, case), case=case, note=note, occurred_at=self.at(back))
        self.tries(Verb.WITHDRAW, case, change)
