"""Seals, exports and packets: what an auditor takes away, and what it proves."""

from __future__ import annotations

import hashlib
import json
import subprocess
import zipfile
from pathlib import Path
from shutil import which

import pytest

from models import database
from models.rules.chain import LINKED, link
from models.tables import Event
from models.tables import database as engine
from tests.command_line.run import Disputes
from tests.rules.policies import changed

RULING = ("--outcome", "full_refund", "--payer", "seller", "--finding", "seller_silent", "--note", "No answer.")


@pytest.fixture
def packet(disputes: Disputes, tmp_path: Path) -> Path:
    """Of a case that anna has decided."""
    disputes("claim", "C4", login="anna")
    assert disputes("decide", "C4", *RULING, login="anna").status == 0
    path = tmp_path / "C4.zip"
    assert disputes("report", "packet", "C4", "--out", path, login="anna").status == 0
    return path


def rewritten(packet: Path, name: str, change: tuple[bytes, bytes], folder: Path) -> Path:
    """The packet, unpacked, with one file changed; whoever does that writes the manifest anew as well."""
    with zipfile.ZipFile(packet) as archive:
        archive.extractall(folder)
    file = folder / name
    assert change[0] in file.read_bytes()
    file.write_bytes(file.read_bytes().replace(*change, 1))
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"][name] = hashlib.sha256(file.read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def test_a_packet_is_checked_without_a_store(disputes: Disputes, packet: Path, tmp_path: Path) -> None:
    told = disputes("audit", "check", packet, login="nobody")
    assert told.status == 0 and "is whole" in told.out
    fingerprint = told.out.split()[-1]
    events = disputes("audit", "export", "--format", "jsonl", login="ada").rows
    assert json.loads(events[-2]["body"])["packet"] == fingerprint, "the chain knows the packet that it made"
    assert events[-1]["verb"] == "audit export"
    with zipfile.ZipFile(packet) as archive:
        archive.extractall(tmp_path / "unpacked")
        names = set(archive.namelist())
    assert {"case.json", "case.txt", "events.jsonl", "letters.json", "evidence.json", "policy.toml"} < names
    assert disputes("audit", "check", tmp_path / "unpacked").status == 0
    assert disputes("audit", "check", "-", stdin=packet.read_bytes()).out == told.out
    assert packet.stat().st_mode & 0o777 == 0o600


def test_a_packet_brings_every_policy_that_its_case_has_followed(disputes: Disputes, tmp_path: Path) -> None:
    disputes("policy", "edit", "--file", "-", stdin=changed(('review = "5d"', 'review = "40d"')))
    disputes("extend", "C4", "review", "--by", "30d", "--note", "x")
    assert "1 open cases follow policy 2" in disputes("policy", "apply", "2", "--where", "ref:D-4").out
    disputes("claim", "C4", login="anna")
    assert disputes("decide", "C4", *RULING, login="anna").status == 0
    path = tmp_path / "C4.zip"
    assert disputes("report", "packet", "C4", "--out", path, login="anna").status == 0
    with zipfile.ZipFile(path) as archive:
        assert 'review = "40d"' in archive.read("policy.toml").decode()
        assert 'review = "5d"' in archive.read("policy-1.toml").decode()
    assert "is whole" in disputes("audit", "check", path).out


@pytest.mark.parametrize(
    ("name", "change", "part"),
    [
        ("case.json", (b'"full_refund"', b'"no_refund"'), "outcome is 'no_refund'"),
        ("events.jsonl", (b"seller_silent", b"abuse_found"), "was changed after it was written"),
        ("chain.json", (b'"last": ', b'"last": 1'), ""),
    ],
)
def test_a_packet_that_says_something_else_is_found_out(
    disputes: Disputes, packet: Path, tmp_path: Path, name: str, change: tuple[bytes, bytes], part: str
) -> None:
    folder = rewritten(packet, name, change, tmp_path / "changed")
    ended = disputes("audit", "check", folder)
    if part:
        ended.refused(1, "refused (packet)", part)
    else:
        assert ended.status == 0, "a longer chain holds the same events"


def test_events_rewritten_with_their_hashes_contradict_the_case(
    disputes: Disputes, packet: Path, tmp_path: Path
) -> None:
    folder = rewritten(packet, "events.jsonl", (b'\\"outcome\\":\\"full_refund\\"', b'\\"outcome\\":\\"no_refund\\"'),
                       tmp_path / "changed")  # fmt: skip
    rows = [json.loads(line) for line in (folder / "events.jsonl").read_text().splitlines()]
    for row in rows:
        row["hash"] = link(row[each] for each in LINKED)
    (folder / "events.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"]["events.jsonl"] = hashlib.sha256((folder / "events.jsonl").read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))
    disputes("audit", "check", folder).refused(1, "refused (packet)", "outcome is 'full_refund'", "'no_refund' by")


def test_what_is_no_packet_is_refused_with_a_sentence(disputes: Disputes, packet: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.zip"
    other.write_text("no zip")
    disputes("audit", "check", other).refused(2, "neither a zip nor a folder")
    disputes("audit", "check", tmp_path / "nowhere").refused(2, "cannot be read")
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("manifest.json", "[" * 100_000)
    disputes("audit", "check", other).refused(1, "this is no packet")
    with zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", b"\0" * (210 * 2**20))
    disputes("audit", "check", other).refused(2, "more than one ever does")


def test_an_agent_takes_out_only_their_own_cases(disputes: Disputes, packet: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.zip"
    disputes("report", "packet", "C5", "--out", out, login="ben").refused(4, "neither assigned to ben")
    assert not out.exists()
    disputes("report", "packet", "C999", "--out", out).refused(2, "no case")
    disputes("report", "packet").refused(2, "Whose packet?")
    disputes("report", "decisions", "C4").refused(2, "too much")
    for login in ("sue", "ada"):
        assert disputes("report", "packet", "C5", "--out", out, login=login).status == 0


def test_a_rebuilt_or_shortened_chain_is_found_against_a_seal(disputes: Disputes, packet: Path, tmp_path: Path) -> None:
    seals = tmp_path / "seals.jsonl"
    seals.write_text(disputes("audit", "seal", login="ada").out)
    disputes("note", "C5", "after the seal")
    seals.write_text(seals.read_text() + disputes("audit", "seal", login="sue").out)
    assert "2 seals hold" in disputes("audit", "verify", "--seals", seals, login="ada").out
    assert "2 seals hold" in disputes("audit", "verify", "--seals", "-", stdin=seals.read_bytes(), login="ada").out
    told = json.loads(seals.read_text().splitlines()[0])
    other = {**told, "head": "0" * 64}
    seals.write_text(json.dumps(other) + "\n")
    disputes("audit", "verify", "--seals", seals, login="ada").refused(1, "refused (seal)", "was rebuilt")
    other = {**told, "last": 9999, "count": 9999}
    seals.write_text(json.dumps(other) + "\n")
    disputes("audit", "verify", "--seals", seals, login="ada").refused(1, "refused (seal)", "its end is missing")
    for wrong in ("not json", '{"first": 1}', '{"first": "1", "last": 2, "count": 2, "head": "x", "sealed_at": "y"}'):
        seals.write_text(wrong)
        disputes("audit", "verify", "--seals", seals, login="ada").refused(2, "Line 1 is no seal")


@pytest.mark.skipif(which("ssh-keygen") is None, reason="ssh-keygen is not installed here")
def test_a_signed_seal_holds_by_its_own_key_alone(disputes: Disputes, tmp_path: Path) -> None:
    for name in ("ours", "other"):
        subprocess.run(
            [str(which("ssh-keygen")), "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / name)], check=True
        )
    seals = tmp_path / "seals.jsonl"
    seals.write_text(disputes("audit", "seal", "--key", tmp_path / "ours").out)
    verify = ("audit", "verify", "--seals", seals, "--signer")
    assert disputes(*verify, tmp_path / "ours.pub").status == 0
    disputes(*verify, tmp_path / "other.pub").refused(1, "not signed by the key")
    seals.write_text(seals.read_text().replace('"count":', '"count": 1'))
    disputes(*verify, tmp_path / "ours.pub").refused(1, "not signed by the key")
    disputes("audit", "seal", "--key", tmp_path / "missing").refused(2, "There is no key")
    disputes("audit", "seal", "--key", seals).refused(2, "cannot sign")


def test_an_export_is_an_event_and_holds_every_event_before_it(disputes: Disputes, url: str) -> None:
    rows = disputes("audit", "export", "--format", "jsonl", login="ada").rows
    database.open_store(url)
    assert [row["seq"] for row in rows] == list(range(1, Event.select().count() + 1))
    assert engine.execute_sql("SELECT verb FROM event ORDER BY seq DESC LIMIT 1").fetchone()[0] == "audit export"
    database.close_store()
    disputes("audit", "export", login="anna").refused(4, "supervisor or auditor")
    disputes("audit", "seal", login="anna").refused(4, "supervisor or auditor")
    none = disputes("audit", "export", "--until", "1999-01-01", "--format", "json", login="ada")
    assert none.object == []
