"""The first shape of the store. Frozen: a later change is a later migration."""

from __future__ import annotations

from typing import Any

from models.migrations.desk_tables import DESK_TABLES
from models.migrations.guards_of_events import POSTGRES_GUARDS, SQLITE_GUARDS
from models.migrations.letters_and_measures import LETTERS_AND_MEASURES

TABLES = """
CREATE TABLE meta (
    key {text} NOT NULL PRIMARY KEY,
    value {text} NOT NULL
){strict}
;
CREATE TABLE agent (
    id {id},
    login {text} NOT NULL,
    name {text} NOT NULL,
    role {text} NOT NULL,
    is_active {flag} NOT NULL,
    created_at {int} NOT NULL
){strict}
;
CREATE UNIQUE INDEX agent_login ON agent (login)
;
CREATE TABLE party (
    id {id},
    side {text} NOT NULL,
    ref {text} NOT NULL,
    name {text} NOT NULL,
    name_folded {text} NOT NULL,
    country {text} NOT NULL,
    language {text} NOT NULL
){strict}
;
CREATE UNIQUE INDEX party_side_ref ON party (side, ref)
;
CREATE TABLE contact (
    party_id {int} NOT NULL PRIMARY KEY REFERENCES party (id) ON DELETE RESTRICT,
    email {text} NOT NULL,
    phone {text} NOT NULL,
    address {text} NOT NULL
){strict}
;
CREATE TABLE purchase (
    id {id},
    source {text} NOT NULL,
    ref {text} NOT NULL,
    buyer_id {int} NOT NULL REFERENCES party (id) ON DELETE RESTRICT,
    seller_id {int} NOT NULL REFERENCES party (id) ON DELETE RESTRICT,
    currency {text} NOT NULL,
    paid_minor {int},
    ordered_at {int},
    shipped_at {int},
    promised_by {int},
    delivered_at {int},
    completed_at {int},
    protection_ends_at {int},
    carrier {text} NOT NULL,
    tracking_no {text} NOT NULL
){strict}
;
CREATE INDEX purchase_ref_source ON purchase (ref, source)
;
CREATE INDEX purchase_buyer_id_ordered_at ON purchase (buyer_id, ordered_at)
;
CREATE INDEX purchase_ref_any_case ON purchase (LOWER(ref))
;
CREATE TABLE line (
    id {id},
    order_id {int} NOT NULL REFERENCES purchase (id) ON DELETE RESTRICT,
    number {int} NOT NULL,
    title {text} NOT NULL,
    amount_minor {int} NOT NULL
){strict}
;
CREATE UNIQUE INDEX line_order_id_number ON line (order_id, number)
;
CREATE TABLE dispute (
    id {id},
    source {text} NOT NULL,
    ref {text} NOT NULL,
    order_id {int} NOT NULL REFERENCES purchase (id) ON DELETE RESTRICT,
    buyer_id {int} NOT NULL REFERENCES party (id) ON DELETE RESTRICT,
    seller_id {int} NOT NULL REFERENCES party (id) ON DELETE RESTRICT,
    policy_version {int} NOT NULL,
    state {text} NOT NULL,
    ball {text} NOT NULL,
    is_open {flag} NOT NULL,
    reason {text} NOT NULL,
    needs_triage {flag} NOT NULL,
    lines {text} NOT NULL,
    amount_minor {int} NOT NULL,
    currency {text} NOT NULL,
    is_high_value {flag} NOT NULL,
    opened_at {int} NOT NULL,
    notified_at {int},
    responded_at {int},
    escalated_at {int},
    decided_at {int},
    ended_at {int},
    closed_at {int},
    closed_as {text},
    outcome {text},
    refund_minor {int},
    confirmed_minor {int} NOT NULL,
    payer {text},
    is_ruled {flag} NOT NULL,
    hold {text},
    is_flagged {flag} NOT NULL,
    chasers {int} NOT NULL,
    assignee_id {int} REFERENCES agent (id) ON DELETE RESTRICT,
    seller_due_at {int},
    seller_awaited_due_at {int},
    resolution_due_at {int},
    next_clock {text},
    next_due_at {int},
    may_escalate_at {int},
    auto_escalate_at {int},
    offer_waits_until {int},
    tags {text} NOT NULL,
    language {text} NOT NULL,
    marks {text} NOT NULL,
    row_version {int} NOT NULL
){strict}
;
CREATE UNIQUE INDEX dispute_source_ref ON dispute (source, ref)
;
CREATE INDEX dispute_ref_any_case ON dispute (LOWER(ref))
;
CREATE INDEX dispute_order_id ON dispute (order_id)
;
CREATE INDEX dispute_seller_id_opened_at ON dispute (seller_id, opened_at)
;
CREATE INDEX dispute_buyer_id_opened_at ON dispute (buyer_id, opened_at)
;
CREATE INDEX dispute_opened_at_id ON dispute (opened_at, id)
;
CREATE INDEX dispute_amount_minor_id ON dispute (amount_minor, id)
;
CREATE INDEX dispute_decided_at_id ON dispute (decided_at, id) WHERE decided_at IS NOT NULL
;
CREATE INDEX dispute_next_due_at_id ON dispute (next_due_at, id) WHERE next_due_at IS NOT NULL
;
CREATE INDEX dispute_state_next_due_at_id ON dispute (state, next_due_at, id) WHERE is_open
;
CREATE INDEX dispute_seller_awaited_due_at_id ON dispute (seller_awaited_due_at, id)
    WHERE seller_awaited_due_at IS NOT NULL
;
CREATE INDEX dispute_assignee_id_next_due_at_id ON dispute (assignee_id, next_due_at, id) WHERE is_open
;
CREATE INDEX dispute_in_triage ON dispute (opened_at, id) WHERE is_open AND needs_triage
;
CREATE INDEX dispute_on_hold ON dispute (opened_at, id) WHERE hold IS NOT NULL
;
CREATE INDEX dispute_flagged ON dispute (opened_at, id) WHERE is_flagged
;
CREATE INDEX dispute_owes_refund ON dispute (decided_at, id) WHERE refund_minor > confirmed_minor
;
CREATE TABLE timer (
    id {id},
    dispute_id {int} NOT NULL REFERENCES dispute (id) ON DELETE RESTRICT,
    number {int} NOT NULL,
    kind {text} NOT NULL,
    started_at {int} NOT NULL,
    due_at {int} NOT NULL,
    is_given {flag} NOT NULL,
    entered_at {int} NOT NULL,
    stopped_at {int},
    ended_as {text},
    pauses {text} NOT NULL,
    paused_at {int},
    paused_until {int}
){strict}
;
CREATE UNIQUE INDEX timer_dispute_id_number ON timer (dispute_id, number)
;
CREATE INDEX timer_kind_due_at ON timer (kind, due_at) WHERE stopped_at IS NULL
;
CREATE TABLE claim (
    id {id},
    dispute_id {int} NOT NULL REFERENCES dispute (id) ON DELETE RESTRICT,
    version {int} NOT NULL,
    reason {text} NOT NULL,
    remedy {text} NOT NULL,
    requested_minor {int} NOT NULL,
    text {text} NOT NULL,
    made_at {int} NOT NULL,
    recorded_at {int} NOT NULL,
    recorded_by {text} NOT NULL
){strict}
;
CREATE UNIQUE INDEX claim_dispute_id_version ON claim (dispute_id, version)
;
CREATE TABLE offer (
    id {id},
    dispute_id {int} NOT NULL REFERENCES dispute (id) ON DELETE RESTRICT,
    number {int} NOT NULL,
    lane {text} NOT NULL,
    version {int} NOT NULL,
    remedy {text} NOT NULL,
    amount_minor {int} NOT NULL,
    made_at {int} NOT NULL,
    expires_at {int},
    ended {text} NOT NULL,
    accepted_by {text} NOT NULL
){strict}
;
CREATE UNIQUE INDEX offer_dispute_id_number ON offer (dispute_id, number)
;
CREATE TABLE ask (
    id {id},
    dispute_id {int} NOT NULL REFERENCES dispute (id) ON DELETE RESTRICT,
    number {int} NOT NULL,
    party {text} NOT NULL,
    asked_at {int} NOT NULL,
    due_at {int} NOT NULL,
    ended_at {int},
    ended_as {text} NOT NULL,
    items {text} NOT NULL
){strict}
;
CREATE UNIQUE INDEX ask_dispute_id_number ON ask (dispute_id, number)
;
CREATE TABLE message (
    id {id},
    dispute_id {int} NOT NULL REFERENCES dispute (id) ON DELETE RESTRICT,
    author {text} NOT NULL,
    audience {text} NOT NULL,
    kind {text} NOT NULL,
    text {text} NOT NULL,
    language {text} NOT NULL,
    is_automatic {flag} NOT NULL,
    occurred_at {int} NOT NULL,
    recorded_at {int} NOT NULL,
    recorded_by {text} NOT NULL
){strict}
;
CREATE INDEX message_dispute_id_occurred_at ON message (dispute_id, occurred_at)
;
CREATE TABLE evidence (
    id {id},
    dispute_id {int} NOT NULL REFERENCES dispute (id) ON DELETE RESTRICT,
    number {int} NOT NULL,
    lane {text} NOT NULL,
    kind {text} NOT NULL,
    state {text} NOT NULL,
    title {text} NOT NULL,
    note {text} NOT NULL,
    sha256 {text},
    size_bytes {int},
    file_type {text},
    captured_at {int},
    recorded_at {int} NOT NULL,
    recorded_by {text} NOT NULL
){strict}
;
CREATE INDEX evidence_sha256 ON evidence (sha256)
;
CREATE UNIQUE INDEX evidence_dispute_id_number ON evidence (dispute_id, number)
;
CREATE TABLE decision (
    id {id},
    dispute_id {int} NOT NULL REFERENCES dispute (id) ON DELETE RESTRICT,
    number {int} NOT NULL,
    outcome {text} NOT NULL,
    refund_minor {int} NOT NULL,
    payer {text},
    findings {text} NOT NULL,
    points {text} NOT NULL,
    basis {text} NOT NULL,
    note {text} NOT NULL,
    to_buyer {text} NOT NULL,
    to_seller {text} NOT NULL,
    maker {text} NOT NULL,
    approver {text} NOT NULL,
    hash {text} NOT NULL,
    standing {text} NOT NULL,
    lacking {text},
    proposed_at {int} NOT NULL,
    issued_at {int},
    result {text} NOT NULL
){strict}
;
CREATE UNIQUE INDEX decision_dispute_id_number ON decision (dispute_id, number)
;
CREATE TABLE appeal (
    id {id},
    dispute_id {int} NOT NULL REFERENCES dispute (id) ON DELETE RESTRICT,
    number {int} NOT NULL,
    party {text} NOT NULL,
    ground {text} NOT NULL,
    filed_at {int} NOT NULL,
    against {int} NOT NULL,
    result {text} NOT NULL,
    ruled_at {int}
){strict}
;
CREATE UNIQUE INDEX appeal_dispute_id_number ON appeal (dispute_id, number)
;
CREATE TABLE refund (
    id {id},
    dispute_id {int} NOT NULL REFERENCES dispute (id) ON DELETE RESTRICT,
    number {int} NOT NULL,
    amount_minor {int} NOT NULL,
    state {text} NOT NULL,
    ref {text} NOT NULL,
    instructed_at {int} NOT NULL,
    settled_at {int}
){strict}
;
CREATE UNIQUE INDEX refund_dispute_id_number ON refund (dispute_id, number)
;
CREATE TABLE event (
    seq {int} NOT NULL PRIMARY KEY,
    recorded_at {int} NOT NULL,
    occurred_at {int} NOT NULL,
    actor {text} NOT NULL,
    session {text} NOT NULL,
    verb {text} NOT NULL,
    dispute_id {int} REFERENCES dispute (id) ON DELETE RESTRICT,
    body {text} NOT NULL,
    previous_hash {text} NOT NULL,
    hash {text} NOT NULL
){strict}
;
CREATE INDEX event_dispute_id_seq ON event (dispute_id, seq) WHERE dispute_id IS NOT NULL
"""

SQLITE_WORDS = {"id": "INTEGER NOT NULL PRIMARY KEY", "int": "INTEGER", "flag": "INTEGER", "text": "TEXT"}
# Text sorts by bytes on both engines, so that a page by key continues where the last one ended.
POSTGRES_WORDS = {"id": "BIGSERIAL PRIMARY KEY", "int": "BIGINT", "flag": "BOOLEAN", "text": 'TEXT COLLATE "C"'}


def up(migrator: Any, db: Any) -> None:
    """Make every table, index and guard."""
    is_sqlite = type(db).__name__ == "APSWDatabase"
    words = {**SQLITE_WORDS, "strict": " STRICT"} if is_sqlite else {**POSTGRES_WORDS, "strict": ""}
    for tables in (TABLES + LETTERS_AND_MEASURES, DESK_TABLES):
        for statement in tables.format(**words).split("\n;\n"):
            db.execute_sql(statement)
    for statement in (SQLITE_GUARDS if is_sqlite else POSTGRES_GUARDS).split("\n;\n"):
        db.execute_sql(statement)
