"""Handwritten cases that the platform has to decide."""

from __future__ import annotations

from models.vocabulary import Party, PartyAct, Remedy
from seed.demo import goods, sellers
from seed.demo.script import Script
from seed.demo.staff import MARGIT, TOMASZ, YOU
from seed.demo.telling import Teller


def answered_during_review(tell: Teller) -> Script:
    """The seller woke up after the escalation; it is in the hands of whoever looks around, ready to be decided."""
    script = tell.begin(
        "US", "faulty", days=10, hours=3, seller=sellers.COPPER_KETTLE, good=goods.ESPRESSO, amount_minor=18_900
    )
    script.after(days=6).escalate(
        Party.BUYER, "seller_silent", "Six days without a word. Buyer has a video and wants a decision."
    )
    script.after(hours=9).assign(MARGIT, YOU, "You know this seller from the two cases in spring.")
    script.go_to(tell.ago(days=1, hours=20)).seller(
        PartyAct.REPLY,
        "Sorry for the silence, our inbox was full after the holidays. The video shows the descaling "
        "light, so the machine "
        "is not broken. It needs two rounds with the powder in the box. We are happy to walk the customer through it.",
    )
    script.go_to(tell.ago(days=1, hours=4)).buyer(
        PartyAct.REPLY,
        "I did exactly that, three times, before I filed this. The light stays on and the pump does "
        "not start. See 0:48.",
    )
    return script.go_to(tell.ago(hours=22)).note(
        YOU, "Video at 0:48: pump silent, no pressure. Descaling was tried. Decide today."
    )


def part_wanted_and_refused(tell: Teller) -> Script:
    """The same, with a seller who has said no and a case that is in review."""
    script = tell.begin("DE", "part", days=6, hours=12, good=goods.NECKLACE)
    script.after(days=2).seller(PartyAct.REJECT, "Der Anhänger ist wie abgebildet. Einen Nachlass geben wir nicht.")
    return script.after(days=1, hours=5).escalate(
        Party.BUYER, "seller_rejected", "Buyer wants a decision; no reason was ever given."
    )


def empty_box(tell: Teller) -> Script:
    """An empty parcel, weighed by the carrier: both sides have something to show. Nobody has it yet."""
    script = tell.begin(
        "ES",
        "incomplete",
        days=8,
        hours=2,
        good=goods.WATCH,
        reason="not_as_described/empty_package",
        remedy=Remedy.FULL_REFUND,
        amount_minor=11_990,
        description="La caja llegó cerrada con cinta y dentro solo había papel. El reloj no estaba. "
        "Pesé el paquete delante "
        "del repartidor: 140 gramos. Tengo el video de la apertura.",
    )
    script.after(days=2).seller(
        PartyAct.REJECT,
        "El peso en el momento del envío fue de 310 gramos, consta en la etiqueta. Salió de aquí con el reloj dentro.",
    )
    return script.go_to(tell.ago(days=4, hours=6)).escalate(
        Party.BUYER,
        "seller_rejected",
        "Label says 310 g at dispatch, buyer weighed 140 g at the door. Ask the carrier for its scale.",
    )


def wrong_address(tell: Teller) -> Script:
    """An old address on the label; whose mistake is it? Review runs out today."""
    script = tell.begin(
        "US",
        "late",
        days=10,
        hours=20,
        good=goods.KEYBOARD,
        reason="not_received/wrong_address",
        description="The parcel went to my old address although I changed it in the shop the day "
        "before it was sent. The people "
        "who live there now say they never got it either. Tracking shows a photo of a porch that is not mine.",
    )
    script.after(days=1).seller(
        PartyAct.REJECT, "We shipped to the address on the order. A change after payment is not visible to us."
    )
    script.go_to(tell.ago(days=4, hours=19)).escalate(
        Party.BUYER, "seller_rejected", "Address was changed 19 hours before dispatch."
    )
    return (
        script.after(hours=3)
        .claim(TOMASZ)
        .after(hours=1)
        .note(TOMASZ, "Account log: address changed at 14:02, label printed next morning at 09:11 with the old one.")
    )


def counterfeit(tell: Teller) -> Script:
    """The review is overdue, and nobody has touched the case."""
    script = tell.begin(
        "JP",
        "wrong",
        days=14,
        good=goods.NECKLACE,
        reason="not_as_described/counterfeit",
        seller=sellers.E_MART,
        remedy=Remedy.FULL_REFUND,
        description="刻印が正規品と違い、メーカーに写真を送ったところ模造品だと回答がありました。回答のメールを添付します。"
        "全額返金をお願いします。",
    )
    script.after(days=5, hours=12).escalate(
        Party.BUYER, "seller_silent", "Maker's mail says counterfeit. Seller silent."
    )
    return script
