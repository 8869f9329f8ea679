"""One desk's days, by command alone: every command once where it belongs."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from console.commands import MODULES
from models import database
from models.tables import Event
from tests.command_line.cases import new, row, write_cases
from tests.command_line.conftest import populate
from tests.command_line.run import Disputes, Ended, in_process, process

NEEDS_NO_STORE = {"demo", "calendar"}
READS = {
    "queue", "count", "show", "why", "forecast", "digest", "templates", "doctor", "authorized-keys", "settings",
    "migrate", "reindex", "restore",
}  # fmt: skip
"""They change no case and take nothing out; a migration that has nothing to do is none."""
WRITES_BY_WORD: dict[str, set[str]] = {
    "views": {"save", "drop"}, "outbox": {"sent"}, "party": {"note", "warn", "suspend", "tier", "holiday"},
    "policy": {"edit", "activate", "apply"}, "draft": {"submit"}, "audit": {"seal", "export"},
    "agents": {"add", "role", "key", "disable", "enable"},
}  # fmt: skip
"""What stands behind them tells."""


def story(disputes: Disputes, folder: Path) -> set[str]:
    """Works cases from the file to the export; the commands that it used."""
    used: set[str] = {"init", "agents", "import"}

    def done(*words: str | Path, login: str = "anna", stdin: str = "") -> str:
        used.add(str(words[0]))
        ended = disputes(*words, login=login, stdin=stdin)
        assert (ended.status, ended.err) == (0, ""), (words, ended)
        return ended.out

    assert "nothing was done" in done("migrate", login="sue")
    assert "Indexed the words of" in done("reindex", login="sue")
    assert "C1 " in done("queue")
    assert done("count", "--where", "is:open", "--format", "json") == (
        '{"cases": 8, "money": {"JPY": "900", "USD": "152.50"}}\n'
    )
    assert "with anna" in done("claim", "C4") and "with anna" in done("claim", "shop:D-5")
    done("release", "C5")
    done("assign", "C5", "C6", "ben", "--note", "-", login="sue", stdin="Ben speaks Japanese.\n")
    assert "claimed" in done("next", "--view", "unassigned", login="ben")
    done("note", "C4", "-", stdin="From standard input.\nTwo lines.\n")
    done("message", "C4", "--to", "both", "--text", "Please wait.")
    done("respond", "C3", "--by", "seller", "--with", "offer", "--remedy", "partial_refund", "--amount", "4.00")
    assert "resolved" in done("respond", "C3", "--by", "buyer", "--with", "accept")
    attached = done("attach", "C4", "-", "--kind", "tracking_proof", "--by", "seller", "--title", "Way", stdin="Lost.")
    assert "piece 1 of the seller: tracking_proof, txt, 5 bytes" in attached and "seller: sufficient" in attached
    assert "missing tracking_proof" in done("review", "C4", "1", "--as", "rejected", "--note", "No number.")
    assert done("evidence", "C4", "1", login="ada") == "Lost."
    assert "seller: tracking_proof, rejected, txt 5 bytes  Way" in done("show", "C4")
    done("refund", "C3", "instructed")
    done("refund", "C3", "confirmed", "--ref", "TX-1")
    done("close", "C3")
    assert "withdrawn" in done("withdraw", "C2", "--note", "The parcel came.", "--occurred-at", "2024-03-24T12:00:00Z")
    done("recode", "C5", "--reason", "damaged/item_damaged", "--note", "A photo shows it.", login="ben")
    done("escalate", "C1", "--by", "buyer", "--cause", "seller_silent", "--note", "Silence.")
    ruling = ("--outcome", "full_refund", "--payer", "seller", "--finding", "seller_silent", "--note")
    preview = done("decide", "C4", *ruling, "No answer.", "--preview")
    assert "would go from in_review to resolved. Nothing was written." in preview and "40.00 USD" in preview
    assert "policy 1: review" in done("why", "C4", "review")
    assert "unless somebody acts" in done("forecast")
    assert '"in_review"' in done("show", "C4", "--format", "json")
    assert "resolved" in done("decide", "C4", *ruling, "-", stdin="No answer.")
    assert "chaser 1" in done("chase", "C10")
    assert "chaser 2" in done("chase", "--seller", "s1", login="sue")
    done("watch", "C10")
    done("remind", "C10", "--on", "3d", "--note", "Ask the carrier.")
    done("remind", "C10", "--done")
    done("flag", "C2", "--party", "buyer", "--note", "Too many.")
    event = done("show", "C2", "--format", "json").rsplit('"seq": ', 1)[1].split(",")[0]
    assert "superseded" in done("correct", "C2", event, "--note", "Another buyer.")
    done("reopen", "C7", "--note", "A new photo.", login="sue")
    disputes("import", write_cases(folder, row(6) | {"case_ref": "D-60", "escalated_at": ""}, name="twin.csv"))
    assert "merged" in done("merge", "shop:D-60", "C6", login="ben")
    done("hold", "C6", "--why", "legal", "--note", "A court asked.", login="sue")
    done("unhold", "C6", login="sue")
    done("extend", "C6", "review", "--by", "20w", "--note", "The court took long.", login="sue")
    done("waive", "C6", "resolution", "--note", "Both sides agreed to wait.", login="sue")
    done("ask", "C6", "--party", "buyer", "--item", "a photo", "--item", "the label", "--due", "2d", login="ben")
    seen = done("show", "C6")
    assert "a photo" in seen
    assert "sue: hold: legal" in seen and "sue: extend: review, by 140d" in seen and "sue: waive: resolution" in seen
    done("ask", "C6", "--cancel", login="ben")
    done("ask", "C6", "--party", "seller", "--missing", "--item", "the invoice", login="ben")
    assert "   - the invoice\n     - tracking proof" in done("show", "C6")
    assert "in_review" in done("answer", "C6", "--party", "seller", "--text", "-", login="ben", stdin="Here.\n")
    assert "offer 2" in done("propose", "C6", "--remedy", "partial_refund", "--amount", "300", login="ben")
    waits = done("decide", "C5", "--outcome", "full_refund", "--payer", "platform", "--finding", "goodwill",
                 "--note", "x", login="ben")  # fmt: skip
    code = waits.split("hash ")[1][:12]
    done("send-back", "C5", "--note", "Why we?", login="sue")
    assert "paid by platform: made by ben, sent back" in done("show", "C5")
    waits = done("decide", "C5", "--outcome", "full_refund", "--payer", "platform", "--finding", "goodwill",
                 "--note", "Our own warehouse.", login="ben")  # fmt: skip
    assert code != waits.split("hash ")[1][:12]
    assert "resolved" in done("approve", "C5", "--hash", waits.split("hash ")[1][:12], login="sue")
    done("appeal", "C4", "--by", "seller", "--ground", "facts_wrong", "--text", "It was sent.")
    done("claim", "C4", login="tom")
    assert "appeal upheld; resolved" in done("rule", "C4", "--result", "upheld", "--note", "It was not.", login="tom")
    accepted = {"seller_response": "accept", "seller_responded_at": "2024-03-20T09:00:00Z"}
    goes_back = new(case_ref="N-2", reason="damaged/item_damaged", remedy="return_and_refund", **accepted)
    disputes("import", write_cases(folder, new(seller_notified_at=""), goes_back, name="more.csv"))
    assert "resolved" in done("return", "shop:N-2", "received")
    assert "C4" in done("report", "decisions")
    claim = ("--order", "O-8", "--reason", "not_received/lost", "--remedy", "full_refund", "--amount", "9.00")
    details = ("--expected", "cotton", "--actual", "-", "--tried", "wrote to them")
    assert "pass  protection" in done("open", *claim, *details, "--preview", stdin="wool")
    assert "awaiting_seller" in done("open", *claim, *details, stdin="wool")
    assert "Draft 1 is kept" in done("open", *claim, "--draft") and "Draft 2" in done("open", *claim, "--draft")
    assert "refused (no_live_case); closed" in done("refuse", "1", "--rule", "no_live_case", "--note", "C13 is open.")
    done("open", "--order", "O-2", *claim[2:], *details, "--draft", stdin="wool")
    assert "O-2" in done("draft", "list")
    assert "awaiting_seller" in done("draft", "submit", "3")
    assert "C13,shop" not in done("outbox", "--format", "csv") and "opened_to_seller" in done("outbox")
    assert "2 marked as sent" in done("outbox", "sent", "1", "2")
    assert "ask_for_tracking" in done("templates")
    done("message", "C13", "--to", "seller", "--template", "ask_for_tracking")
    assert "withdrawn" in done("party", "b1")
    done("flag", "C2", "--party", "buyer", "--note", "Too many.")
    assert "C2" in done("queue", "flags", login="sue")
    assert "dismissed" in done("unflag", "C2", "--party", "buyer", "--note", "Not that many.", login="sue")
    done("respond", "C13", "--by", "seller", "--with", "reply", "--automatic", "--text", "Urlaub",
         "--translation", "On holiday")  # fmt: skip
    assert "automatic reply\n      Urlaub\n      translated: On holiday" in done("show", "C13")
    assert "awaiting_seller" in done("show", "C13")
    assert "5.00 USD instructed" in done("goodwill", "C2", "--amount", "5.00", "--note", "A long wait.", login="sue")
    assert "5.00 USD confirmed" in done("goodwill", "C2", "confirmed", "--ref", "GW-1", login="sue")
    assert "Goodwill" in done("show", "C2")
    done("flag", "C2", "--party", "buyer", "--note", "And again.")
    assert "the flags in C2 are answered" in done("party", "b1", "note", "--note", "Asks often.", login="sue")
    assert "warned" in done("party", "b1", "warn", "--note", "Not what the photo shows.", login="sue")
    done("party", "b1", "suspend", "--until", "2024-05-01", "--note", "Again.", login="sue")
    assert "b1" in done("reveal", "C1", "--note", "The carrier asks.")
    assert "auto-escalate" in done("sweep", "--dry-run", "--at", "2025-01-01", login="ada")
    assert "auto-escalate" in done("sweep") and "(no rows)" in done("sweep")
    assert "unbroken" in done("audit", "verify", login="ada")
    done("views", "save", "big", "--where", "amount>100", "--sort=-amount")
    assert done("queue", "big", "--format", "csv").count("\n") > 1 and "big" in done("views")
    assert "counts from the next time" in done("settings", "timezone", "Europe/Berlin")
    assert "timezone,Europe/Berlin,yours" in done("settings", "--format", "csv")
    assert "Broken now" in done("digest")
    done("handover", "ben", "anna", "--preview", login="sue")
    done("authorized-keys", login="sue")
    mended = done("policy", "show").replace('seller_response = "5d"', 'seller_response = "6d"')
    assert "Policy 2 is kept" in done("policy", "edit", "--file", "-", login="sue", stdin=mended)
    assert "clocks.seller_response  5d        6d" in done("policy", "diff", "2")
    assert "follow policy 2" in done("policy", "activate", "2", "--note", "A quiet month.", login="sue")
    over = {"outcome": "withdrawn", "decided_at": "2024-03-21T09:00:00Z"}
    away = new(case_ref="N-3", order_ref="O-N3", seller_ref="s-away", seller_name="Away", **over)
    disputes("import", write_cases(folder, away, name="away.csv"))
    assert "name, country and language" in done("erase", "seller:s-away", "--preview", login="sue")
    assert "Erased of seller:s-away" in done("erase", "seller:s-away", "--note", "Asked by mail.", login="sue")
    assert "BAD" not in done("doctor", login="sue")
    assert "1 evidence file in" in done("backup", folder / "whole.tar", login="sue")
    disputes("restore", folder / "whole.tar").refused(6, "already")
    return used | {"restore"}  # it is for where no store is


def leaves_an_event(words: tuple[str, ...]) -> bool | None:
    """None where it depends on whether anything is due."""
    if words[0] == "sweep":
        return None
    if words[0] in WRITES_BY_WORD:
        return any(word in WRITES_BY_WORD[words[0]] for word in words[1:3])
    return words[0] not in READS and not {"--preview", "--dry-run", "--draft"} & set(words)


def test_a_desk_works_by_command_alone_and_each_change_is_an_event(
    disputes: Disputes, url: str, tmp_path: Path
) -> None:
    def watched(*words: str | Path, **options: Any) -> Ended:
        before = len(chain(url))
        ended = disputes(*words, **options)
        added, expected = chain(url)[before:], leaves_an_event(tuple(map(str, words)))
        assert expected is None or bool(added) == (expected and ended.status == 0), (words, added)
        assert all(actor == options.get("login", "sue") for actor, _ in added) or words[0] == "sweep", (words, added)
        return ended

    used = story(watched, tmp_path) | {"notify"}  # every file tells that the seller was notified
    assert used == set(MODULES) - NEEDS_NO_STORE
    watched("handover", "ben", "anna")
    watched("agents", "role", "ben", "supervisor")
    watched("report", "packet", "C4", "--out", tmp_path / "packet.zip")
    for words in (("audit", "export"), ("audit", "seal")):
        watched(*words, login="ada")
    for refused in (
        ("assign", "C1", "ben", "--note", "n"),
        ("policy", "activate", "1", "--note", "n"),
        ("reveal", "C1"),
    ):
        before = len(chain(url))
        assert disputes(*refused, login="ada").status in (2, 4)
        assert {verb for _, verb in chain(url)[before:]} <= {"refused"}


def chain(url: str) -> list[tuple[str, str]]:
    """Who and what, in order."""
    database.open_store(url)
    found = [(event.actor, event.verb) for event in Event.select().order_by(Event.seq)]
    database.close_store()
    return found


def test_the_same_on_postgresql(bare_postgres_url: str, tmp_path: Path) -> None:
    disputes = partial(in_process, bare_postgres_url)
    populate(disputes, tmp_path)
    story(disputes, tmp_path)
    for text, status in (("C999999999999999999", 2), ("shop:\ufffd", 2), ("C0", 2)):
        disputes("show", text).refused(status)
    assert disputes("queue", "--where", "seller:'\u202e\\%_\"", "--format", "csv").status in (0, 2)
    disputes("note", "C4", "-", stdin="a\0b").refused(2, "NUL")


def test_a_seller_is_notified_once(disputes: Disputes) -> None:
    disputes("notify", "C1", login="anna").refused(1, "refused (")


def test_as_a_process_a_case_goes_from_file_to_export(tmp_path: Path) -> None:
    env = {"DISPUTES_DB": f"sqlite:///{tmp_path / 'own.db'}"}
    process("count", env=env).refused(6, "disputes init", "disputes demo")
    assert process("init", env=env).status == 0
    assert "already there" in process("init", env=env).out
    path = write_cases(tmp_path)
    assert process("import", "-", "--json", stdin=path.read_bytes(), env=env).object["created"] == 11
    assert process("claim", "shop:D-4", env=env).status == 0
    ruling = ("--outcome", "full_refund", "--payer", "seller", "--finding", "seller_silent", "--note", "-")
    ended = process("decide", "shop:D-4", *ruling, stdin="Żadnej odpowiedzi.".encode(), env={**env, "LC_ALL": "C"})
    assert (ended.status, ended.err) == (0, "")
    out = tmp_path / "decisions.jsonl"
    assert process("report", "decisions", "--format", "jsonl", "--out", out, env=env).status == 0
    assert "Żadnej odpowiedzi." in out.read_text("utf-8")
