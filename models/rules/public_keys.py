"""Public keys of OpenSSH, as they stand in one line of a `.pub` file: which are taken, and how they are told apart.

The forms are those of RFC 4253 (6.6), RFC 5656 (3.1), RFC 8709 (4) and OpenSSH's PROTOCOL.u2f.
"""

from __future__ import annotations

import base64
import binascii
import hashlib

from models.dataclass import dataclass
from models.errors import Refused

LONGEST = 16_384
"""Signs of a line; an RSA key of the largest size that OpenSSH takes has under 4,000."""
LEAST_RSA_BITS = 3072
MOST_RSA_BITS = 16_384

_ED25519_BYTES = 32
_CURVES = {b"nistp256": 65, b"nistp384": 97, b"nistp521": 133}
"""Bytes of an uncompressed point."""
TAKEN = (
    "ssh-ed25519, ecdsa-sha2-nistp256, -384 or -521, ssh-rsa of 3072 bits or more, or a security key's sk-… of these"
)
_KINDS = frozenset(
    (
        "ssh-ed25519",
        "ssh-rsa",
        "ecdsa-sha2-nistp256",
        "ecdsa-sha2-nistp384",
        "ecdsa-sha2-nistp521",
        "sk-ssh-ed25519@openssh.com",
        "sk-ecdsa-sha2-nistp256@openssh.com",
    )
)


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key without its comment's claims."""

    kind: str
    blob: str
    """Base64 in its one canonical spelling."""
    fingerprint: str
    """`SHA256:…`, as ssh-keygen and the server's log show it."""
    comment: str = ""
    """Whatever stood behind the key: anybody's words."""


def public_key(text: str) -> PublicKey:
    """The key that `text` holds, one line. Raises Refused, which says what is wrong with it."""
    line = _one_line(text)
    kind, _, rest = line.partition(" ")
    if kind not in _KINDS:
        raise Refused("key", _why_not(line))
    encoded, _, comment = rest.strip().partition(" ")
    if "\0" in comment or any("\ud800" <= sign <= "\udfff" for sign in comment):
        raise Refused("key", "What stands behind the key cannot be stored (NUL, or no UTF-8): it may be left out.")
    data = _decoded(encoded)
    fields = _Fields(data)
    if fields.take() != kind.encode():
        raise _garbled("its inside names another type")
    _check(kind, fields)
    if fields.is_left:
        raise _garbled("something follows the key")
    return PublicKey(kind, base64.b64encode(data).decode(), fingerprint_of(data), comment.strip())


def fingerprint_of(data: bytes) -> str:
    """As `ssh-keygen -l` prints it."""
    return "SHA256:" + base64.b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")


def _one_line(text: str) -> str:
    if len(text) > LONGEST:
        raise Refused("key", f"This is longer than {LONGEST} signs: give one public key, the file that ends in .pub.")
    if "PRIVATE KEY" in text:
        raise Refused("key", "This is a private key, which never leaves its owner: give the file that ends in .pub.")
    if "BEGIN SSH2 PUBLIC KEY" in text:
        raise Refused("key", "This is a key in another program's form: 'ssh-keygen -i -f FILE' writes it as one line.")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) != 1:
        raise Refused("key", f"A public key is one line, not {len(lines) or 'none'}: give one person's one key.")
    return lines[0].replace("\t", " ")


def _why_not(line: str) -> str:
    first = line.partition(" ")[0]
    if "-cert-v01@" in first:
        return "This is a certificate: give the key itself, the file that ends in .pub."
    if first in ("ssh-dss", "ssh-dsa"):
        return f"DSA keys are too weak: make one with 'ssh-keygen -t ed25519'. Taken are {TAKEN}."
    if any(f" {kind} " in line for kind in _KINDS):
        return "Something stands in front of the key: options are not taken, what a key may do is settled here."
    return f"This is no public key that is taken here: it is {TAKEN}."


def _decoded(encoded: str) -> bytes:
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise _garbled("it is not whole") from None


def _check(kind: str, fields: _Fields) -> None:
    """Each type's own fields. One spelling for each number: else one key could pass for two."""
    if "ed25519" in kind:
        if len(fields.take()) != _ED25519_BYTES:
            raise _garbled("its length is not that of its type")
    elif "ecdsa" in kind:
        curve, point = fields.take(), fields.take()
        if f"-{curve.decode('ascii', 'replace')}" not in kind or len(point) != _CURVES.get(curve) or point[0] != 4:
            raise _garbled("its point is not one of its curve")
    else:
        exponent, modulus = fields.number(), fields.number()
        bits = modulus.bit_length()
        if bits < LEAST_RSA_BITS:
            raise Refused(
                "key",
                f"This RSA key has {bits} bits and needs {LEAST_RSA_BITS}: 'ssh-keygen -t ed25519' makes one.",
            )
        if bits > MOST_RSA_BITS or exponent < 3 or exponent % 2 == 0 or modulus % 2 == 0:
            raise _garbled("its numbers are not those of an RSA key")
    if kind.startswith("sk-"):
        fields.take()


class _Fields:
    """The fields of a key, each with its length in front."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    @property
    def is_left(self) -> bool:
        return bool(self._data)

    def take(self) -> bytes:
        length = int.from_bytes(self._data[:4], "big")
        if len(self._data) < 4 + length:
            raise _garbled("it is cut off")
        taken, self._data = self._data[4 : 4 + length], self._data[4 + length :]
        return taken

    def number(self) -> int:
        taken = self.take()
        if not taken or taken[0] > 0x7F or (taken[0] == 0 and (len(taken) == 1 or taken[1] < 0x80)):
            raise _garbled("a number in it is misspelled")
        return int.from_bytes(taken, "big")


def _garbled(what: str) -> Refused:
    return Refused("key", f"The key is damaged: {what}. Copy the whole line of the file that ends in .pub.")
