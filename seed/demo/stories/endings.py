"""Handwritten cases that have an outcome: agreed, ruled, withdrawn, paid or not yet."""

from __future__ import annotations

from collections.abc import Callable

from models.rules.approval import Point, RulingDraft
from models.vocabulary import Audience, Finding, Outcome, Party, PartyAct, Payer, RefundState, Remedy
from seed.demo import goods, sellers
from seed.demo.rulings import ruling
from seed.demo.script import Script
from seed.demo.staff import INES, MARGIT, TOMASZ
from seed.demo.telling import Teller


def partial_with_basis(tell: Teller) -> Script:
    """A part of the money, on two lines that add up; paid, and open to an appeal."""
    script = tell.begin(
        "CL",
        "incomplete",
        days=19,
        seller=sellers.WILLOW,
        good=goods.TEA_SET,
        amount_minor=34_990,
        paid_minor=38_980,
        remedy=Remedy.FULL_REFUND,
        description="El juego de té debía traer cuatro tazas con sus platos y llegaron tres tazas y "
        "dos platos, además con "
        "nueve días de atraso. La caja estaba sellada. Adjunto la foto de todo lo que venía.",
    )
    script.after(days=3).seller(PartyAct.OFFER, "Lamentamos el error. Le ofrecemos 4.000 CLP.", amount_minor=4_000)
    script.after(hours=10).buyer(
        PartyAct.DECLINE, "Faltan una taza y dos platos, 4.000 pesos no alcanzan ni para la taza."
    )
    script.after(days=3).escalate(
        Party.BUYER, "offer_declined", "Offer covers less than one cup; buyer wants a decision."
    )
    script.after(hours=6).claim(TOMASZ)
    script.after(days=1).decide(
        TOMASZ,
        RulingDraft(
            outcome=Outcome.PARTIAL_REFUND,
            payer=Payer.SELLER,
            findings=(Finding.QUANTITY_SHORT, Finding.LATE_DELIVERY),
            points=(
                Point(
                    "pieces",
                    "one cup and two saucers missing",
                    "packed complete",
                    "photo of the pieces",
                    "3 of 8 missing",
                ),
                Point(
                    "day of delivery",
                    "nine days late",
                    "carrier's fault",
                    "tracking",
                    "late, the shipping share is due",
                ),
            ),
            basis=("missing_quantity=13121", "late_delivery=2990"),
            note="Three of eight pieces are missing (3/8 of the price) and the parcel was nine days "
            "late (shipping share).",
        ),
    )
    return script.after(hours=5).refund(RefundState.INSTRUCTED, "CL-77120").after(days=2).refund(RefundState.CONFIRMED)


def instructed_not_confirmed(tell: Teller) -> Script:
    """The money was instructed four days ago, and nobody has confirmed that it arrived."""
    script = tell.begin("BR", "damaged", days=12, good=goods.LAMP, remedy=Remedy.FULL_REFUND)
    script.after(days=2).seller(PartyAct.ACCEPT, "Aceitamos e pedimos desculpas, o vidro deveria ter ido com proteção.")
    script.go_to(tell.ago(days=4, hours=2)).refund(RefundState.INSTRUCTED, "PIX-20931")
    return script.after(days=2).note(
        INES, "Buyer asks where the money is. Finance says the file went out, no answer from the bank."
    )


def failed_refund(tell: Teller) -> Script:
    """The bank sent the money back: it must be instructed once more."""
    script = tell.begin("KR", "refund", days=15, good=goods.KEYBOARD)
    script.after(days=1).seller(PartyAct.ACCEPT, "환불을 약속드린 것이 맞습니다. 늦어져서 죄송합니다.")
    script.after(days=1).refund(RefundState.INSTRUCTED, "KR-5512").after(days=4).refund(RefundState.FAILED)
    return (
        script.after(hours=3)
        .note(TOMASZ, "Bank: account closed. Asked the buyer for another one, see message.")
        .message(
            TOMASZ, Audience.BUYER, "환불이 은행에서 반환되었습니다. 다른 계좌를 알려 주시면 바로 다시 진행하겠습니다."
        )
    )


def withdrawn(tell: Teller) -> Script:
    """The parcel came after all."""
    script = tell.begin("IL", "late", days=9, good=goods.LAMP)
    script.after(days=1).seller(PartyAct.REPLY, "החבילה יצאה מהמכס אתמול, נשמח לעוד יומיים של סבלנות.")
    return script.after(days=2).withdraw("Buyer in the chat: arrived this morning, thanks everybody, please close it.")


def agreed_in_review(tell: Teller) -> Script:
    """Escalated, and then the seller accepted all the same."""
    script = tell.begin("RU", "delivered", days=9, good=goods.EARBUDS)
    script.after(days=5, hours=9).escalate(
        Party.BUYER, "seller_silent", "Scan says delivered, buyer was at home all day."
    )
    script.after(hours=4).claim(INES)
    return script.after(days=1).seller(
        PartyAct.ACCEPT, "Курьер подтвердил ошибку. Возвращаем всю сумму, приносим извинения."
    )


def goods_go_back(tell: Teller) -> Script:
    """Agreed: the goods go back, then the money."""
    script = tell.begin("FR", "faulty", days=6, good=goods.VACUUM, remedy=Remedy.RETURN_AND_REFUND)
    return script.after(days=2).seller(
        PartyAct.ACCEPT,
        "D'accord pour le retour. Vous recevrez une étiquette prépayée aujourd'hui, remboursement à réception.",
    )


def delivery_proven(tell: Teller) -> Script:
    """Ruled for the seller more than a month ago; nobody appealed, so it is closed."""
    script = tell.begin("SG", "delivered", days=44, good=goods.BIKE_LIGHTS)
    script.after(days=2).seller(PartyAct.REJECT, "签收单上有客户本人的签名和门牌号，已上传。")
    script.after(days=1).escalate(Party.BUYER, "seller_rejected", "Buyer says the signature is not theirs.")
    script.after(hours=4).claim(TOMASZ).after(days=2).decide(TOMASZ, ruling("delivered", wins="seller"))
    return script.after(hours=4).approve(MARGIT).after(days=31).close()


def same_buyer(days: float, topic: str) -> Callable[[Teller], Script]:
    """A buyer with a case every week."""

    def story(tell: Teller) -> Script:
        script = tell.begin(
            "GB",
            topic,
            days=days,
            buyer=17,
            seller=sellers.LANTERN_BAY,
            good=goods.PHONE_CASE,
            remedy=Remedy.FULL_REFUND,
        )
        script.after(days=1).seller(PartyAct.ACCEPT, "We accept, please keep the case.")
        return (
            script.after(days=1)
            .refund(RefundState.INSTRUCTED)
            .after(days=1)
            .refund(RefundState.CONFIRMED)
            .after(hours=1)
            .close()
        )

    return story
