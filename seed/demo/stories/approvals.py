"""Handwritten cases whose decision waits for a second person."""

from __future__ import annotations

from models.rules.approval import Point, RulingDraft
from models.vocabulary import Finding, Outcome, Party, PartyAct, Payer, Remedy
from seed.demo import goods, sellers
from seed.demo.rulings import ruling
from seed.demo.script import Script
from seed.demo.staff import INES, MARGIT, TOMASZ, YOU
from seed.demo.telling import Teller


def drone_without_4k(tell: Teller) -> Script:
    """High value, ruled by an agent, waits for whoever looks around to sign."""
    script = tell.begin(
        "JP",
        "wrong",
        days=9,
        hours=5,
        seller=sellers.TIDEWATER,
        good=goods.DRONE,
        amount_minor=84_800,
        paid_minor=84_800,
        reason="not_as_described/spec_mismatch",
        remedy=Remedy.FULL_REFUND,
        description="商品ページには「4K・60fps」とありますが、届いたドローンは1080pまでしか録画できません。"
        "設定画面と型番ラベルの写真を添付しました。使えないので全額返金をお願いします。",
    )
    script.after(days=2, hours=3).seller(
        PartyAct.REJECT,
        "The model number in the listing is correct. 4K is reached with the optional camera module, see line 14.",
    )
    script.after(hours=20).escalate(
        Party.BUYER, "seller_rejected", "Buyer points at the title, which promises 4K without a module."
    )
    script.after(hours=5).claim(INES).after(hours=1).note(
        INES,
        "Listing as of the order date: title and first picture say 4K; the module is named in line "
        "14 of the details only.",
    )
    return script.go_to(tell.ago(hours=6)).decide(
        INES,
        RulingDraft(
            outcome=Outcome.FULL_REFUND,
            payer=Payer.SELLER,
            findings=(Finding.ITEM_NOT_AS_DESCRIBED,),
            points=(
                Point(
                    "resolution of the camera",
                    "title promises 4K",
                    "only with a module, see line 14",
                    "listing of the order date, photo of the settings",
                    "the title decides; 1080p is not 4K",
                ),
                Point("usable all the same", "no", "yes, flies well", "nothing", "the camera is what it is bought for"),
            ),
            note="The title promises 4K without a condition and the drone records 1080p. Line 14 "
            "does not undo the title.",
        ),
    )


def platform_pays(tell: Teller) -> Script:
    """Nobody's fault but ours: the platform pays, so a second person must agree."""
    script = tell.begin(
        "GB",
        "late",
        days=11,
        hours=4,
        good=goods.BACKPACK,
        reason="not_received/customs_held",
        carrier="Swiftbarrow",
        description="My backpack has been with customs for two weeks because your checkout did not "
        "collect the import tax it "
        "showed me. The seller says it is not on them, customs says the sender must pay. I want the money back.",
    )
    script.after(days=1).seller(
        PartyAct.REJECT, "The tax is collected by the marketplace at checkout. We shipped on the same day."
    )
    script.after(days=5).escalate(Party.BUYER, "seller_rejected", "Both sides say the tax was ours to collect.")
    script.after(hours=5).claim(TOMASZ)
    return script.go_to(tell.ago(hours=15)).decide(
        TOMASZ,
        RulingDraft(
            outcome=Outcome.FULL_REFUND,
            payer=Payer.PLATFORM,
            findings=(Finding.DELIVERY_NOT_PROVEN, Finding.GOODWILL),
            points=(
                Point(
                    "import tax",
                    "shown and not collected",
                    "not ours",
                    "receipt of the checkout",
                    "our checkout's mistake",
                ),
            ),
            note="The receipt shows the tax as included and it was never passed on. Neither side "
            "could do anything about it.",
        ),
    )


def own_proposal(tell: Teller) -> Script:
    """Made by whoever looks around: they see why they cannot sign it themselves."""
    script = tell.begin("FR", "late", days=9, good=goods.DRONE, amount_minor=27_990, seller=sellers.TIDEWATER)
    script.after(days=5, hours=8).escalate(
        Party.BUYER, "seller_silent", "Tracking stuck since the export hub; seller silent."
    )
    script.after(hours=7).claim(YOU)
    return script.go_to(tell.ago(hours=3)).decide(YOU, ruling("late"))


def sent_back_once(tell: Teller) -> Script:
    """The first proposal named no basis for its amount in words; the second one does and waits again."""
    script = tell.begin(
        "IL",
        "poor",
        days=11,
        good=goods.JACKET,
        amount_minor=82_000,
        seller=sellers.E_MART,
        remedy=Remedy.PARTIAL_REFUND,
        requested_minor=60_000,
    )
    script.after(days=5, hours=6).escalate(
        Party.BUYER, "seller_silent", "Seller silent; seam open along the whole sleeve."
    )
    script.after(hours=3).claim(INES)
    first = RulingDraft(
        outcome=Outcome.PARTIAL_REFUND,
        payer=Payer.SELLER,
        findings=(Finding.SELLER_SILENT,),
        basis=("value_loss=70%",),
        note="Seam open, seller silent.",
    )
    script.after(days=1).decide(INES, first)
    script.after(hours=5).send_back(
        MARGIT, "Silence alone does not carry 70 %. Say what the photos show and what a repair costs."
    )
    return script.go_to(tell.ago(hours=20)).decide(
        INES,
        RulingDraft(
            outcome=Outcome.PARTIAL_REFUND,
            payer=Payer.SELLER,
            findings=(Finding.DEFECT_SHOWN, Finding.SELLER_SILENT),
            points=(
                Point(
                    "seam of the left sleeve", "opened in the first week", "no answer", "three photos", "defect shown"
                ),
            ),
            basis=("value_loss=50%",),
            note="Photos 2 and 3: seam open over 30 cm. A tailor's quote puts the repair near half of the price.",
        ),
    )
