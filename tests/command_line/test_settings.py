"""The file of settings: what it may say, and what is told where it says something else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console import settings as found
from models.errors import Misused


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    class Folders:
        user_config_path = tmp_path

    monkeypatch.setattr(found, "folders", lambda: Folders)
    return tmp_path / "config.toml"


def test_what_a_file_says_is_taken(file: Path) -> None:
    assert found.settings() == found.Settings()
    file.write_text('timezone = "Europe/Berlin"\ncolor = "16"\nmouse = false\npictures = "blocks"\n')
    assert found.settings() == found.Settings("", "Europe/Berlin", "16", mouse=False, pictures="blocks")


def test_the_folder_of_evidence_is_taken_where_the_environment_names_none(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPUTES_FILES", "")  # put back as it was, whatever happens below
    monkeypatch.delenv("DISPUTES_FILES")
    file.write_text('files = "/srv/evidence"\n')
    found.place_of_files("sqlite:///x.db")
    assert "DISPUTES_FILES" not in os.environ, "it lies beside a file of ours"
    found.place_of_files("postgresql://h/x")
    assert os.environ["DISPUTES_FILES"] == "/srv/evidence"
    monkeypatch.setenv("DISPUTES_FILES", "/elsewhere")
    found.place_of_files("postgresql://h/x")
    assert os.environ["DISPUTES_FILES"] == "/elsewhere"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('picture = "blocks"', "'picture' is no setting; did you mean pictures?"),
        ('pictures = "iterm"', "pictures is one of auto, blocks, kitty, sixel, not 'iterm'"),
        ('color = "blue"', "color is one of auto, none, 16, 256, truecolor, not 'blue'"),
        ('timezone = "Mars/Olympus"', "'Mars/Olympus' is no time zone"),
        ('mouse = "no"', "mouse takes true or false"),
        ("fps = 0.5", "fps takes a number"),
        ("fps = 61", "fps is 1 to 60"),
        ("mouse =", "cannot be read"),
    ],
)
def test_anything_else_names_the_key_and_what_would_be_right(file: Path, text: str, told: str) -> None:
    file.write_text(text)
    with pytest.raises(Misused) as refusal:
        found.settings()
    assert told in str(refusal.value) and "config.toml" in str(refusal.value)


KEYS = st.sampled_from(["store", "timezone", "color", "fps", "mouse", "pictures", "files", "plain", "x"])
LINES = st.builds("{} = {}".format, KEYS, st.one_of(st.sampled_from(["true", "-1", "1e999", '""', "[]"]), st.text()))


@given(st.one_of(st.binary(), st.lists(LINES).map(lambda lines: "\n".join(lines).encode("utf-8", "surrogatepass"))))
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_file_holds_it_is_settings_or_a_sentence_about_it(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    refused = ""
    try:
        taken = found.settings()
    except Misused as refusal:
        refused = str(refusal)
    assert "config.toml" in refused or isinstance(taken, found.Settings)
