"""What waits to be sent, and what was done about parties: part of the first shape of the store."""

from __future__ import annotations

LETTERS_AND_MEASURES = """
;
CREATE TABLE outgoing (
    id {id},
    dispute_id {int} NOT NULL REFERENCES dispute (id) ON DELETE RESTRICT,
    audience {text} NOT NULL,
    party_id {int} NOT NULL REFERENCES party (id) ON DELETE RESTRICT,
    language {text} NOT NULL,
    template {text} NOT NULL,
    text {text} NOT NULL,
    made_at {int} NOT NULL,
    made_by {text} NOT NULL,
    sent_at {int},
    sent_by {text} NOT NULL
){strict}
;
CREATE INDEX outgoing_waiting ON outgoing (id) WHERE sent_at IS NULL
;
CREATE INDEX outgoing_dispute_id ON outgoing (dispute_id)
;
CREATE TABLE measure (
    id {id},
    party_id {int} NOT NULL REFERENCES party (id) ON DELETE RESTRICT,
    kind {text} NOT NULL,
    until_at {int},
    is_grave {flag} NOT NULL,
    note {text} NOT NULL,
    made_at {int} NOT NULL,
    made_by {text} NOT NULL
){strict}
;
CREATE INDEX measure_party_id_made_at ON measure (party_id, made_at)
"""
