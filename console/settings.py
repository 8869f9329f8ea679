"""What may be set, read once: the command line, then what the person keeps in the store, then the file, then ours."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING, Any

from models.dataclass import dataclass
from models.errors import Misused
from models.nearest import nearest

if TYPE_CHECKING:
    from platformdirs import PlatformDirs

PICTURES = ("auto", "blocks", "kitty", "sixel")
COLORS = ("auto", "none", "16", "256", "truecolor")
MOST_FRAMES = 60
TAKES = {bool: "true or false", int: "a number", str: "a text"}


@dataclass(frozen=True, slots=True)
class Settings:
    """Each is a key of the file, in the folder for settings of the system: `disputes/config.toml`."""

    db: str = ""
    """The store's URL."""
    timezone: str = "UTC"
    """In which times are shown on the screens."""
    color: str = "auto"
    """auto, none, 16, 256 or truecolor."""
    fps: int = 0
    """Pictures a second at most; 0 is 60, or 20 over SSH."""
    plain: bool = False
    """Lines in place of screens."""
    mouse: bool = True
    pictures: str = "auto"
    """auto, or always blocks, kitty or sixel, over SSH too."""
    files: str = ""
    """The folder of evidence for a store on PostgreSQL, where DISPUTES_FILES does not say it."""

    @property
    def zone(self) -> tzinfo:
        if self.timezone == "UTC":
            return UTC
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.timezone)


KINDS = {name: type(getattr(Settings(), name)) for name in Settings.__annotations__}
"""What each takes."""


def folders() -> PlatformDirs:
    """Where this person's files belong on this system."""
    from platformdirs import PlatformDirs

    return PlatformDirs("disputes", appauthor=False)


def settings() -> Settings:
    """The file's settings. Raises Misused, naming the file, the key and the nearest one that exists."""
    # A command that is told its store asks no settings.
    import tomllib

    path = folders().user_config_path / "config.toml"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        table = {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Misused(f"The settings in {path} cannot be read: {error}.") from error
    return checked(table, path)


def checked(table: Mapping[str, Any], where: object) -> Settings:
    """Settings of these values. Raises Misused, which says `where` the wrong one stands and what would be right."""
    for key, value in table.items():
        if key not in KINDS:
            near = nearest(key, KINDS)
            raise Misused(f"{where}: '{key}' is no setting; did you mean {near or ' or '.join(sorted(KINDS))}?")
        if type(value) is not KINDS[key]:
            raise Misused(f"{where}: {key} takes {TAKES[KINDS[key]]}, not {value!r}.")
    return _possible(Settings(**table), where)


def store_url(given: str | None) -> str:
    """Where the store is: `--db`, else DISPUTES_DB, else the settings, else one file of this user."""
    return (
        given or os.environ.get("DISPUTES_DB") or settings().db or f"sqlite:///{folders().user_data_path / 'store.db'}"
    )


def place_of_files(url: str) -> None:
    """Let the settings say where the evidence of a store on PostgreSQL lies, unless the environment does."""
    if url.startswith("postgres"):
        from models.file_places import FOLDER_VARIABLE

        folder = settings().files
        if folder and FOLDER_VARIABLE not in os.environ:
            os.environ[FOLDER_VARIABLE] = folder


def _possible(found: Settings, where: object) -> Settings:
    try:
        found.zone  # noqa: B018 - not found, it raises
    except (LookupError, ValueError, OSError):
        raise Misused(f"{where}: '{found.timezone}' is no time zone; write one like Europe/Berlin.") from None
    if found.color not in COLORS:
        raise Misused(f"{where}: color is one of {', '.join(COLORS)}, not '{found.color}'.")
    if not 0 <= found.fps <= MOST_FRAMES:
        raise Misused(f"{where}: fps is 1 to {MOST_FRAMES}, or 0 for our own choice, not {found.fps}.")
    if found.pictures not in PICTURES:
        raise Misused(f"{where}: pictures is one of {', '.join(PICTURES)}, not '{found.pictures}'.")
    return found
