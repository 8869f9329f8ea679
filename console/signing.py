"""Signatures over seals, made and checked by OpenSSH's own program: its keys are there already, and it is kept up."""

from __future__ import annotations

import subprocess
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from models.errors import Misused

PURPOSE = "disputes-seal"
"""What a signature is for: one made for something else does not pass."""
SIGNER = "desk"
TIMEOUT_SECONDS = 30


def sign(data: bytes, key: Path) -> str:
    """The signature, in one line. Raises Misused where the key cannot be used."""
    if not key.is_file():
        raise Misused(f"There is no key {key}: name the private key's file.")
    done = _run("-Y", "sign", "-n", PURPOSE, "-f", str(key), data=data)
    if done.returncode != 0:
        raise Misused(f"{key} cannot sign: {_said(done)}")
    lines = done.stdout.decode("ascii", "replace").strip().splitlines()
    return "".join(lines[1:-1])


def is_signed(data: bytes, signature: str, public_key: str) -> bool:
    """Whether the holder of `public_key`, a line as in a `.pub` file, has signed exactly this."""
    rows = [signature[at : at + 70] for at in range(0, len(signature), 70)]
    armored = "\n".join(["-----BEGIN SSH SIGNATURE-----", *rows, "-----END SSH SIGNATURE-----", ""])
    with TemporaryDirectory(prefix="disputes-") as folder:
        signers, signed = Path(folder, "signers"), Path(folder, "signature")
        signers.write_text(f'{SIGNER} namespaces="{PURPOSE}" {public_key.strip()}\n')
        signed.write_text(armored)
        done = _run("-Y", "verify", "-n", PURPOSE, "-I", SIGNER, "-f", str(signers), "-s", str(signed), data=data)
    return done.returncode == 0


def _run(*words: str, data: bytes) -> subprocess.CompletedProcess[bytes]:
    program = which("ssh-keygen")
    if program is None:
        raise Misused("Signing needs OpenSSH's ssh-keygen, which is not installed here.")
    return subprocess.run(  # noqa: S603 - no shell; the words are ours and two paths
        [program, *words], input=data, capture_output=True, timeout=TIMEOUT_SECONDS, check=False
    )


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return (lines[-1].rstrip(". ") if lines else "ssh-keygen says nothing") + "."
