"""Handwritten cases that are still between buyer and seller."""

from __future__ import annotations

from collections.abc import Callable

from models.vocabulary import Audience, PartyAct, Remedy
from seed.demo import goods, sellers
from seed.demo.script import Script
from seed.demo.staff import INES, TOMASZ
from seed.demo.telling import Teller

REMINDER = (
    "Reminder: the buyer's claim still waits for your answer. Please accept, make an offer or reject with a reason."
)


def silent_for_weeks(tell: Teller) -> Script:
    """Overdue since more than a fortnight; reminded three times, and nobody took it up."""
    script = tell.begin(
        "DE", "faulty", days=21, hours=7, seller=sellers.GOLDEN_CARP, good=goods.WATCH, amount_minor=14_990
    )
    for days in (4, 6, 11):
        script.go_to(tell.ago(days=21 - days)).message(TOMASZ, Audience.SELLER, REMINDER)
    return script.after(days=3).note(
        TOMASZ, "Called the number of the shop's imprint: not in service. No other contact known."
    )


def only_just_overdue(tell: Teller) -> Script:
    """The five days ended less than an hour ago."""
    return tell.begin("KW", "late", days=5, hours=1, seller=sellers.BEST_DEAL, good=goods.SHOES, amount_minor=19_500)


def counter_offer(tell: Teller) -> Script:
    """Both sides move towards each other; the seller's last offer waits for the buyer."""
    script = tell.begin(
        "PL",
        "wrong",
        days=4,
        hours=9,
        seller=sellers.WILLOW,
        good=goods.ESPRESSO,
        amount_minor=94_900,
        reason="not_as_described/spec_mismatch",
        remedy=Remedy.PARTIAL_REFUND,
        requested_minor=50_000,
        description="W opisie ekspresu było 15 barów i zbiornik 2 l. Na tabliczce jest 9 barów, a zbiornik ma 1,2 l. "
        "Nie chcę go odsyłać, ale za coś takiego nie zapłaciłabym pełnej ceny.",
    )
    script.after(days=1, hours=2).seller(
        PartyAct.OFFER,
        "Przepraszamy za pomyłkę w opisie. Proponujemy 150,00 PLN, ekspres zostaje u Pani.",
        amount_minor=15_000,
    )
    script.after(hours=7).buyer(
        PartyAct.REQUEST,
        "To za mało, różnica między modelami wynosi około 400 zł. Zgodzę się na 400,00 PLN.",
        amount_minor=40_000,
    )
    return script.go_to(tell.ago(hours=19)).seller(
        PartyAct.OFFER, "Możemy dojść do 300,00 PLN. To nasza ostatnia propozycja, ważna trzy dni.", amount_minor=30_000
    )


def just_rejected(tell: Teller) -> Script:
    """From now on the buyer may escalate at once; they have not yet."""
    script = tell.begin("KW", "wrong", days=2, hours=14, good=goods.WATCH, seller=sellers.ZENITH)
    return script.go_to(tell.ago(hours=5)).seller(
        PartyAct.REJECT, "الساعة المرسلة هي نفسها الموجودة في العرض، والاختلاف في لون الصور سببه الإضاءة."
    )


def offer_ran_out(tell: Teller) -> Script:
    """The seller offered, the buyer said nothing, the offer has expired."""
    script = tell.begin("KR", "damaged", days=7, good=goods.TEA_SET)
    return script.go_to(tell.ago(days=4, hours=20)).seller(
        PartyAct.OFFER, "찻잔 한 개가 깨진 점 사과드립니다. 10,000원을 환불해 드리겠습니다.", amount_minor=10_000
    )


def late_on_paper_only(tell: Teller) -> Script:
    """Answered in time by phone, written down a day after the due instant: the breach stays, with what cleared it."""
    script = tell.begin("PL", "poor", days=6, hours=10, good=goods.SHOES, clerk=TOMASZ)
    script.after(days=4, hours=20).recorded_later(hours=28).seller(
        PartyAct.OFFER, "Sprzedawca zadzwonił: proponuje 60,00 PLN, buty zostają u klientki.", amount_minor=6_000
    )
    return script.go_to(tell.ago(hours=9)).note(
        TOMASZ, "Seller phoned in time, I wrote it down late. Ticket of the phone desk: 4471."
    )


def back_at_sender(tell: Teller) -> Script:
    """The buyer waits for the second answer of a seller who has the parcel back."""
    script = tell.begin(
        "FR",
        "late",
        days=7,
        good=goods.SHOES,
        reason="not_received/returned_to_sender",
        description="Le colis a été renvoyé au vendeur sans que personne ne sonne chez moi. Le suivi "
        "le montre arrivé dans son "
        "entrepôt il y a plus d'une semaine. Je ne veux pas d'un deuxième envoi, je veux être remboursé.",
    )
    script.after(days=2).seller(PartyAct.REPLY, "Le colis est bien revenu. Souhaitez-vous un nouvel envoi ?")
    return script.go_to(tell.ago(days=3, hours=5)).buyer(
        PartyAct.REPLY, "Non, je l'ai déjà écrit : un remboursement, s'il vous plaît."
    )


def part_of_the_money_wanted(tell: Teller) -> Script:
    """A remedy in place of a reason: it must be re-coded before anybody can decide."""
    return tell.begin("US", "part", days=1, hours=8, good=goods.JACKET)


def recoded(tell: Teller) -> Script:
    """Was a request for a part of the money, is a defect now."""
    script = tell.begin("BR", "part", days=3, hours=4, good=goods.BACKPACK)
    return script.after(hours=20).recode(
        INES, "quality/poor_quality", "Buyer says on the phone that a strap tore after two days."
    )


def carp_again(days: float, country: str, good: int) -> Callable[[Teller], Script]:
    """One more overdue case of the seller who never answers."""
    return lambda tell: tell.begin(country, "late", days=days, seller=sellers.GOLDEN_CARP, good=good)
