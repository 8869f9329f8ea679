"""Which public keys are taken, and what is said of the others."""

from __future__ import annotations

import base64
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Refused
from models.rules.public_keys import public_key
from tests.access import samples
from tests.access.samples import ED25519, FINGERPRINTS, RSA_2048, RSA_3072


def field(*values: bytes) -> bytes:
    return b"".join(len(value).to_bytes(4, "big") + value for value in values)


def line(kind: str, *values: bytes) -> str:
    return f"{kind} {base64.b64encode(field(kind.encode(), *values)).decode()}"


SK_ED25519 = line("sk-ssh-ed25519@openssh.com", b"\x07" * 32, b"ssh:")
SK_ECDSA = line("sk-ecdsa-sha2-nistp256@openssh.com", b"nistp256", b"\x04" + b"\x07" * 64, b"ssh:")
ODD = b"\x00\xff" + b"\x01" * 383
"""A number of 3072 bits."""


@pytest.mark.parametrize("name", [name for name in vars(samples) if name.isupper() and name[-1].isdigit()])
def test_a_key_has_the_fingerprint_that_ssh_keygen_shows(name: str) -> None:
    text = getattr(samples, name)
    if text == RSA_2048:
        refused(text, "2048 bits")
        return
    key = public_key(f"{text} anna at home\n")
    assert f"{key.kind} {key.blob}" == text
    assert (key.fingerprint, key.comment) == (FINGERPRINTS[text], "anna at home")


@pytest.mark.parametrize("text", [SK_ED25519, SK_ECDSA, line("ssh-rsa", b"\x03", ODD)])
def test_keys_on_a_security_key_and_the_smallest_rsa_key_are_taken(text: str) -> None:
    key = public_key(text)
    assert f"{key.kind} {key.blob}" == text and key.comment == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "one line, not none"),
        (f"{ED25519}\n{RSA_3072}\n", "one line, not 2"),
        (f'command="sh" {ED25519}', "in front of the key"),
        (f"no-pty {ED25519}", "in front of the key"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----", "private key"),
        ("---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n", "ssh-keygen -i"),
        ("ssh-dss AAAAB3NzaC1kc3M=", "too weak"),
        ("ssh-ed25519-cert-v01@openssh.com AAAA", "certificate"),
        ("ssh-ed25519", "not whole|cut off"),
        ("ssh-ed25519 AAA", "not whole"),
        (ED25519[:-4], "cut off"),
        (ED25519.replace("ssh-ed25519", "ssh-rsa", 1), "another type"),
        (line("ssh-ed25519", b"\x07" * 31), "length"),
        (line("ssh-ed25519", b"\x07" * 32, b"more"), "follows the key"),
        (line("ecdsa-sha2-nistp256", b"nistp384", b"\x04" + b"\x07" * 96), "curve"),
        (line("ecdsa-sha2-nistp256", b"nistp256", b"\x02" + b"\x07" * 32), "curve"),
        (line("ecdsa-sha2-nistp256", b"", b""), "curve"),
        (line("ssh-rsa", b"\x01\x00\x01", b"\x00" + ODD), "misspelled"),
        (line("ssh-rsa", b"\x00\x03", ODD), "misspelled"),
        (line("ssh-rsa", b"", ODD), "misspelled"),
        (line("ssh-rsa", b"\x02", ODD), "numbers"),
        (line("ssh-rsa", b"\x03", b"\x01" * 3000), "numbers"),
        (f"{ED25519} a\x00b", "cannot be stored"),
        (f"{ED25519} a\udcffb", "cannot be stored"),
        ("x" * 20_000, "longer than"),
        ("what is this", "no public key"),
        ("\x1b[2Jssh-ed25519", "no public key"),
    ],
)
def test_what_is_no_key_of_ours_is_refused_with_the_reason(text: str, said: str) -> None:
    refused(text, said)


@given(st.one_of(st.text(), st.binary().map(lambda data: f"ssh-rsa {base64.b64encode(data).decode()}")))
def test_whatever_is_handed_in_is_a_key_or_refused(text: str) -> None:
    with suppress(Refused):
        key = public_key(text)
        assert public_key(f"{key.kind} {key.blob}").fingerprint == key.fingerprint


def refused(text: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        public_key(text)
