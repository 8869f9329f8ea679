"""The desk's ordinary cases: each kind leaves its case in one situation that agents meet every day."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

from models.imported import ImportedCase
from models.vocabulary import Audience, Party, PartyAct, RefundState, Remedy
from seed.demo import goods
from seed.demo.case_maker import CaseMaker
from seed.demo.markets import Market, market
from seed.demo.rulings import ruling
from seed.demo.script import Script
from seed.demo.staff import INES, MARGIT, TOMASZ, YOU

CHEAP = (goods.PHONE_CASE, goods.LAMP, goods.BIKE_LIGHTS, goods.EARBUDS, goods.TEA_SET)
"""Below every line from which a second person is needed."""
CHASER = (
    "Reminder: the buyer's claim still waits for your answer. If none comes, the buyer can ask us to decide, "
    "and we decide on what we have.",
    "Second reminder: your answer is overdue. Please accept, make an offer or say why you reject, with your documents.",
)
ASKED_CARRIER = "Asked the carrier for the delivery scan, answer expected tomorrow."
ASKED_BUYER = "The label cannot be read on the photos. Asked for another one by chat; the rest is clear enough."
KINDS: tuple[tuple[str, int], ...] = (
    ("overdue", 26), ("waiting", 27), ("offer_waits", 12), ("seller_asked", 8), ("rejected", 6), ("counter", 9),
    ("expired", 5), ("in_review", 20), ("pending", 3), ("returning", 6), ("accepted", 6), ("instructed", 8),
    ("ruled", 6), ("paid", 9), ("withdrawn", 4),
)  # fmt: skip
"""How many of each there are in a store of three hundred."""


class Routine:
    """Makes ordinary stories; each depends on the seed and on the instant only."""

    def __init__(self, now: datetime, cases: int) -> None:
        self.now = now
        self.maker = CaseMaker(f"routine {cases}", cases)
        self.random: Random = self.maker.random

    def scripts(self, count: int, first_number: int) -> list[Script]:
        """`count` stories of all kinds, mixed; fewer than the table has are its first in a shuffled order."""
        kinds = [kind for kind, weight in KINDS for _ in range(weight)]
        Random("kinds").shuffle(kinds)  # noqa: S311
        made = (kinds[number % len(kinds)] for number in range(count))
        return [getattr(self, f"_{kind}")(first_number + number) for number, kind in enumerate(made)]

    def _overdue(self, number: int) -> Script:
        late_hours = self.random.choice((0, 0, 0, 6, 14, 30, 30, 48, 70, 110, 150, 260))
        seller = self.random.choice(self.maker.unreliable) if self.random.random() < 0.75 else None
        script = self._begun(number, days=5, hours=late_hours + 1.2, seller=seller)
        reminded_at = script.at + timedelta(days=4, hours=3)
        if self.random.random() < 0.55:
            script.go_to(reminded_at).message(self._agent(), Audience.SELLER, CHASER[0])
        if late_hours > 100:
            script.go_to(reminded_at + timedelta(days=3)).message(self._agent(), Audience.SELLER, CHASER[1])
        return script

    def _waiting(self, number: int) -> Script:
        return self._begun(number, hours=0.3 + self.random.random() * 92)

    def _offer_waits(self, number: int) -> Script:
        script = self._begun(number, days=2.2 + self.random.random() * 3, topic=self._about_goods())
        offer_at = self._ago(1 + self.random.random() * 58)
        return self._offer(script.go_to(offer_at), 0.15 + self.random.random() * 0.3)

    def _seller_asked(self, number: int) -> Script:
        script = self._begun(number, days=1.6 + self.random.random() * 4)
        return script.go_to(self._ago(1 + self.random.random() * 34)).seller(PartyAct.REPLY, self._says(script, "wait"))

    def _rejected(self, number: int) -> Script:
        script = self._begun(number, days=2 + self.random.random() * 3, topic=self._about_goods())
        script.go_to(self._ago(1 + self.random.random() * 40))
        return script.seller(PartyAct.REJECT, self._says(script, "reject"))

    def _counter(self, number: int) -> Script:
        """The buyer wants more, or has answered a question; every third seller lets them wait."""
        hours = 74 + self.random.random() * 40 if number % 3 == 0 else 2 + self.random.random() * 60
        script = self._begun(number, days=6, hours=self.random.random() * 20, topic=self._about_goods())
        if number % 2:
            script.go_to(self._ago(hours + 14)).seller(PartyAct.REPLY, self._says(script, "wait"))
            return script.go_to(self._ago(hours)).buyer(PartyAct.REPLY, self._says(script, "reply"))
        self._offer(script.go_to(self._ago(hours + 14)), 0.2)
        amount = self._share(script, 0.5)
        script.go_to(self._ago(hours))
        return script.buyer(PartyAct.REQUEST, self._says(script, "request", amount), amount_minor=amount)

    def _expired(self, number: int) -> Script:
        script = self._begun(number, days=6.5 + self.random.random() * 2, topic=self._about_goods())
        return self._offer(script.go_to(self._ago(78 + self.random.random() * 40)), 0.25)

    def _in_review(self, number: int) -> Script:
        script = self._escalated(number, dear=False)
        if number % 5 < 3:
            agent = YOU if number % 9 == 0 else self._agent()
            script.go_to(script.at + timedelta(hours=1 + self.random.random() * 2)).claim(agent)
            words = self._market(script).language
            script.after(hours=0.2).message(agent, Audience.BUYER, words.received)
            if number % 2:
                is_parcel = script.told.reason.startswith("not_received")
                script.after(hours=0.3).note(agent, ASKED_CARRIER if is_parcel else ASKED_BUYER)
        return script

    def _pending(self, number: int) -> Script:
        script = self._escalated(number, dear=True)
        agent = self._agent()
        script.after(hours=0.5).claim(agent)
        topic = "faulty" if script.told.reason.startswith("quality") else "late"
        return script.after(hours=0.7).decide(agent, ruling(topic))

    def _returning(self, number: int) -> Script:
        topic = self.random.choice(("wrong", "faulty", "poor"))
        script = self._begun(number, days=5 + self.random.random() * 5, topic=topic, remedy=Remedy.RETURN_AND_REFUND)
        return self._accepted_claim(script, 60)

    def _accepted(self, number: int) -> Script:
        return self._accepted_claim(
            self._begun(number, days=2.5 + self.random.random() * 3, remedy=Remedy.FULL_REFUND), 40
        )

    def _instructed(self, number: int) -> Script:
        script = self._begun(number, days=7 + self.random.random() * 4, remedy=Remedy.FULL_REFUND)
        script.after(days=1 + self.random.random() * 2).seller(PartyAct.ACCEPT, self._says(script, "accept"))
        return script.go_to(self._ago(3 + self.random.random() * 90)).refund(
            RefundState.INSTRUCTED, f"PAY-{number:06d}"
        )

    def _ruled(self, number: int) -> Script:
        """Decided for either side, paid where something is due; open to an appeal still."""
        topic = "delivered" if number % 2 else "late"
        place = self._place(without="SG")
        script = self._begun(
            number, days=16 + self.random.random() * 9, topic=topic, place=place, good=self._one(CHEAP)
        )
        if number % 2:
            script.after(days=1.5).seller(PartyAct.REJECT, self._says(script, "reject"))
            script.after(hours=9).escalate(Party.BUYER, "seller_rejected", "Buyer insists on seeing the signature.")
        else:
            script.after(days=5.6).escalate(Party.BUYER, "seller_silent", "No word from the seller in five days.")
        agent = self._agent()
        script.after(hours=4).claim(agent).after(days=1.2)
        script.decide(agent, ruling(topic, wins="seller" if number % 2 else "buyer"))
        return script if number % 2 else self._pay(script, number)

    def _paid(self, number: int) -> Script:
        age = 14 + self.random.random() * 24
        if number % 3 == 0:
            script = self._begun(number, days=age, topic=self._about_goods())
            self._offer(script.after(days=0.5 + self.random.random() * 3), 0.4)
            script.after(hours=3 + self.random.random() * 50).buyer(PartyAct.ACCEPT, self._says(script, "agrees"))
            return self._pay(script, number).after(hours=1).close()
        script = self._begun(number, days=age, remedy=Remedy.FULL_REFUND)
        script.after(days=0.5 + self.random.random() * 3).seller(PartyAct.ACCEPT, self._says(script, "accept"))
        return self._pay(script, number).after(hours=1).close()

    def _withdrawn(self, number: int) -> Script:
        script = self._begun(number, days=8 + self.random.random() * 20, topic="late")
        script.after(days=1.1).seller(PartyAct.REPLY, self._says(script, "wait"))
        return script.after(days=2.3).withdraw("Buyer wrote in the shop: the parcel came this morning, all is well.")

    def _escalated(self, number: int, *, dear: bool) -> Script:
        """In three ways: the seller stayed silent, rejected, or offered too little."""
        way, hours = number % 3, 4 + self.random.random() * 100
        topic = self.random.choice(("faulty", "late") if dear else ("late", "delivered", "wrong", "faulty", "damaged"))
        given = {"good": goods.DRONE, "place": self._place(without="GB")} if dear else {}
        script = self._begun(number, days=6.5, hours=hours + 24 * self.random.random(), topic=topic, **given)
        if way == 1:
            script.after(days=2).seller(PartyAct.REJECT, self._says(script, "reject")).go_to(self._ago(hours))
            return script.escalate(
                Party.BUYER, "seller_rejected", "Buyer does not accept the rejection and asks us to decide."
            )
        if way == 2:
            self._offer(script.after(days=1.3), 0.1)
            script.after(days=1).buyer(PartyAct.DECLINE, self._says(script, "decline"))
            note = "Offer declined, the seller made no other; talks lead nowhere."
            return script.go_to(self._ago(hours)).escalate(Party.BUYER, "offer_declined", note)
        script.go_to(max(script.at + timedelta(days=5, hours=3), self._ago(hours)))
        return script.escalate(
            Party.BUYER, "seller_silent", "Seller has not answered in five days; buyer wrote again today."
        )

    def _accepted_claim(self, script: Script, hours: float) -> Script:
        script.go_to(self._ago(2 + self.random.random() * hours))
        return script.seller(PartyAct.ACCEPT, self._says(script, "accept"))

    def _pay(self, script: Script, number: int) -> Script:
        script.after(hours=20).refund(RefundState.INSTRUCTED, f"PAY-{number:06d}")
        return script.after(days=1.7).refund(RefundState.CONFIRMED)

    def _offer(self, script: Script, share: float) -> Script:
        amount = self._share(script, share)
        return script.seller(PartyAct.OFFER, self._says(script, "offer", amount), amount_minor=amount)

    def _begun(self, number: int, *, days: float = 0, hours: float = 0, **given: Any) -> Script:
        """A claim that was made so long ago or up to a day before, at an hour at which buyers write."""
        remedy = given.pop("remedy", None)
        latest = self._ago(days * 24 + hours)
        place = given.pop("place", None) or self.maker.market()
        opened_at = self.maker.in_their_day(latest.replace(hour=0, minute=0, second=0), place)
        while opened_at > latest:
            opened_at -= timedelta(days=1)
        if days == 0:
            opened_at = max(opened_at, latest - timedelta(hours=20))
        facts = self.maker.facts(number, opened_at, place=place, **given)
        if remedy is not None:
            facts |= {"remedy": remedy, "requested_minor": None}
        facts["notified_at"] = min(self.now, opened_at + timedelta(minutes=7 + number % 31))
        return Script(ImportedCase(**facts), clerk=self._agent())

    def _says(self, script: Script, move: str, amount: int = 0) -> str:
        """A sentence of either side in the case's language; `agrees` is the buyer's acceptance."""
        place = self._market(script)
        words = {**place.language.buyer, "agrees": place.language.buyer["accept"], **place.language.seller}
        texts = words[move]
        if move == "wait":  # a search for the parcel, or a wish for pictures
            texts = texts[:1] if script.told.reason.startswith("not_received") else texts[1:]
        return texts[int(self.random.random() * len(texts))].replace("{money}", place.shown(amount))

    def _share(self, script: Script, share: float) -> int:
        """A part of the amount, rounded as prices are."""
        unit = max(1, self._market(script).step // 2)
        return max(1, round(script.told.amount_minor * share / unit) * unit or unit)

    def _market(self, script: Script) -> Market:
        return market(script.told.buyer_country)

    def _place(self, *, without: str) -> Market:
        while (place := self.maker.market()).country == without:
            pass
        return place

    def _about_goods(self) -> str:
        return self.random.choice(("wrong", "incomplete", "faulty", "poor", "damaged"))

    def _one(self, among: tuple[int, ...]) -> int:
        return self.random.choice(among)

    def _agent(self) -> str:
        return self.random.choice((INES, INES, TOMASZ, TOMASZ, MARGIT))

    def _ago(self, hours: float) -> datetime:
        return self.now - timedelta(seconds=int(hours * 3600))
