"""What a path lies on. Only Linux tells; elsewhere nothing is known, and nothing refused."""

from __future__ import annotations

import os
import re
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
OF_A_NETWORK = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "lustre", "glusterfs", "fuse.glusterfs", "fuse.sshfs",
     "9p", "vboxsf")
)  # fmt: skip
"""SQLite's processes share memory beside the file and rely on its locks, which these do not give all of them."""


def network_file_system(path: Path) -> str | None:
    """The kind of network file system that `path` lies on, or would; None for a local one."""
    kind = _kind(os.path.realpath(path))
    return kind if kind in OF_A_NETWORK else None


def _kind(path: str) -> str:
    """By the mount with the longest way to it; of two at the same place the later one lies on top."""
    try:
        lines = MOUNTS.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return ""
    longest, found = 0, ""
    for line in lines:
        before, _, behind = line.partition(" - ")
        mounted = before.split(" ")[4]
        if "\\" in mounted:
            mounted = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), mounted)
        if len(mounted) >= longest and (path == mounted or path.startswith(mounted.rstrip("/") + "/")):
            longest, found = len(mounted), behind.partition(" ")[0]
    return found
