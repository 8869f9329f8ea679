"""What the sides hand in before a ruling: small pictures and pages, drawn here and never taken from anywhere."""

from __future__ import annotations

import io
import struct
import zlib
from hashlib import sha256

from models.operations import evidencing
from models.queries.history import case_from_events
from models.rules import evidence
from models.vocabulary import EvidenceKind, Outcome, Party
from seed.demo.staff import Desk

WIDTH, HEIGHT = 96, 72
PAGES = frozenset(
    {
        EvidenceKind.TRACKING_PROOF,
        EvidenceKind.DELIVERY_PROOF,
        EvidenceKind.NON_DELIVERY_STATEMENT,
        EvidenceKind.CUSTOMS_NOTICE,
        EvidenceKind.SHIPMENT_PROOF,
        EvidenceKind.EXPERT_LETTER,
        EvidenceKind.REFUND_PROOF,
        EvidenceKind.RETURN_TRACKING,
    }
)


def hand_in(desk: Desk, clerk: str, case: int, outcome: Outcome | None) -> None:
    """Whoever is about to win shows what the policy asks of them."""
    winner = Party.SELLER if outcome is Outcome.NO_REFUND else Party.BUYER
    for need in evidence.sufficiency(case_from_events(case), winner).missing:
        kind = need.one_of[0]
        source = io.BytesIO(paper(kind, f"C{case}"))
        title = kind.replace("_", " ").capitalize()
        evidencing.attach(desk[clerk], case=case, party=winner, kind=kind, source=source, title=title)


def paper(kind: EvidenceKind, code: str) -> bytes:
    """A page of text or a picture, another for each kind and case."""
    if kind in PAGES:
        return f"{kind.replace('_', ' ').upper()}\n\nConcerning {code}.\nReceived in good order by the desk.\n".encode()
    seed = sha256(f"{kind} {code}".encode()).digest()
    return _png([_row(y, seed) for y in range(HEIGHT)])


def _row(y: int, seed: bytes) -> bytes:
    """A parcel of some colour on a table."""
    row = bytearray()
    left, right, top = 18 + seed[0] % 16, 62 + seed[1] % 16, 14 + seed[2] % 16
    for x in range(WIDTH):
        if left <= x <= right and top <= y <= 60:
            is_tape = abs(x - (left + right) // 2) < 3 or abs(y - (top + 60) // 2) < 2
            row += bytes((235, 220, 180)) if is_tape else bytes((140 + seed[3] % 90, 100 + y, 60 + seed[4] % 60))
        else:
            row += bytes((90, 110 + y, 130 + y)) if y < 48 else bytes((120, 84, 50 + x // 3))
    return bytes(row)


def _png(rows: list[bytes]) -> bytes:
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
