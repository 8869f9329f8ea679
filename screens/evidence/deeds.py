"""What taking evidence in and judging it ask for, do, and are called on the command line."""

from __future__ import annotations

import os
from pathlib import Path

from models.actor import Actor
from models.errors import Misused
from models.operations import evidencing
from models.operations.change import Change
from models.rules import evidence
from models.rules.case import Piece
from models.rules.evidence_guards import megabytes
from models.rules.policy import policy
from models.vocabulary import EvidenceKind, EvidenceState, Party
from screens.deed import happened_at
from screens.shared.form import Answers, Field
from screens.subject import Subject


def attach_fields(subject: Subject) -> tuple[Field, ...]:
    most = megabytes(policy(subject.case.policy_version).files.file_bytes_at_most)
    return (
        Field("path", f"file, {most}"),
        Field("party", "whose", tuple(Party), value=Party.BUYER),
        Field("kind", "kind", tuple(EvidenceKind)),
        Field("title", "title"),
    )


def attach(actor: Actor, subject: Subject, answers: Answers) -> Change:
    path = answers["path"].strip()
    if not path:
        raise Misused("Name the file that is taken in.")
    return evidencing.attach(
        actor,
        case=subject.dispute_id,
        party=Party(answers["party"]),
        kind=EvidenceKind(answers["kind"]),
        source=Path(os.path.expanduser(path)),  # never raises, as Path's own does
        title=answers["title"].strip(),
        occurred_at=happened_at(subject, answers),
        seen_version=subject.row_version,
    )


def attach_words(subject: Subject, answers: Answers) -> list[str]:
    title = answers["title"].strip()
    named = [answers["path"].strip(), "--kind", answers["kind"], "--by", answers["party"]]
    return [*named, *(["--title", title] if title else [])]


def named(piece: Piece) -> str:
    """As the form of a review offers it."""
    return f"{piece.number}/{piece.lane}/{piece.kind}"


def review_fields(subject: Subject) -> tuple[Field, ...]:
    pieces = [piece for piece in subject.case.evidence if piece.state in evidence.REVIEWABLE]
    open_ones = [piece for piece in pieces if piece.state is EvidenceState.SUBMITTED]
    first = next(iter(open_ones or pieces), None)
    return (
        Field("piece", "piece", tuple(map(named, pieces)), value=named(first) if first else ""),
        Field("verdict", "found", tuple(evidence.VERDICTS)),
        Field("note", "note", is_long=True),
    )


def review(actor: Actor, subject: Subject, answers: Answers) -> Change:
    return evidencing.review(
        actor,
        case=subject.dispute_id,
        number=int(_number(answers)),
        verdict=EvidenceState(answers["verdict"]),
        note=answers["note"],
        seen_version=subject.row_version,
    )


def review_words(subject: Subject, answers: Answers) -> list[str]:
    return [_number(answers), "--as", answers["verdict"], "--note", answers["note"]]


def _number(answers: Answers) -> str:
    return answers["piece"].partition("/")[0]
