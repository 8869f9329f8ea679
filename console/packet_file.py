"""A packet as files: in a zip on its way out; from a zip or a folder when it is checked."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path
from typing import IO

from console.case_page import case_object, page
from console.output.json_text import json_document
from models import clock
from models.errors import Misused
from models.queries.packet import Packet
from models.rules.packet import CASE, CHAIN, EVENTS, KIND, MANIFEST, digest, policy_files
from models.rules.policy import text_of

MOST_BYTES = 200 * 2**20
"""Of a packet that is checked, unpacked; one of ours is hardly ever a hundredth of that."""
MOST_FILES = 100
README = """This packet proves one decision. Check it with: disputes audit check PACKET

case.json, case.txt  the case as it stood when the packet was made
events.jsonl         everything that was done to it, as the chain of events holds it
letters.json         what was written to the parties
evidence.json        the pieces of evidence and the SHA-256 of their files
policy.toml          the policy that the case follows; policy-N.toml are those that it followed before
chain.json           the head of the whole chain at that moment
manifest.json        the SHA-256 of each of these files
"""


def packed(packet: Packet, made_by: str) -> tuple[bytes, str]:
    """The zip, and its fingerprint: the SHA-256 of its manifest."""
    files = {name: data.encode("utf-8", "backslashreplace") for name, data in _files(packet).items()}
    manifest = {
        "packet": KIND,
        "case": f"C{packet.dispute_id}",
        "made_at": f"{clock.now():%Y-%m-%dT%H:%M:%SZ}",
        "made_by": made_by,
        "files": {name: digest(data) for name, data in sorted(files.items())},
    }
    files[MANIFEST] = (json_document(manifest, indent=2) + "\n").encode()
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return held.getvalue(), digest(files[MANIFEST])


def unpacked(path: Path) -> dict[str, bytes]:
    """The files of a packet, bounded whatever a zip claims. Raises Misused."""
    try:
        if str(path) == "-":
            return _from_zip(io.BytesIO(sys.stdin.buffer.read(MOST_BYTES)), path)
        return _from_folder(path) if path.is_dir() else _from_zip(path, path)
    except zipfile.BadZipFile as error:
        raise Misused(f"{path} is no packet: neither a zip nor a folder of one.") from error
    except OSError as error:
        raise Misused(f"{path} cannot be read: {error.strerror or error}.") from error


def _from_folder(path: Path) -> dict[str, bytes]:
    found = sorted(each for each in path.iterdir() if each.is_file() and not each.is_symlink())
    if len(found) > MOST_FILES or sum(each.stat().st_size for each in found) > MOST_BYTES:
        raise Misused(f"{path} is no packet: it holds more than one ever does.")
    return {each.name: each.read_bytes() for each in found}


def _from_zip(file: Path | IO[bytes], path: Path) -> dict[str, bytes]:
    left, files = MOST_BYTES, {}
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        if len(names) > MOST_FILES:
            raise Misused(f"{path} is no packet: it holds more files than one ever does.")
        for name in names:
            with archive.open(name) as member:
                data = member.read(left + 1)
            left -= len(data)
            if left < 0:
                raise Misused(f"{path} is no packet: it holds more than one ever does.")
            files[name] = data
    return files


def _files(packet: Packet) -> dict[str, str]:
    facts = case_object(packet.file)
    return {
        "README.txt": README,
        CASE: json_document(facts, indent=2) + "\n",
        "case.txt": "".join(f"{line}\n" for line in page(packet.file)),
        EVENTS: "".join(f"{json_document(each)}\n" for each in packet.events),
        "letters.json": json_document(packet.letters, indent=2) + "\n",
        "evidence.json": json_document(facts["evidence"], indent=2) + "\n",
        **{name: text_of(version) for version, name in policy_files(packet.events).items()},
        CHAIN: json_document({"last": packet.last_seq, "head": packet.head}) + "\n",
    }
