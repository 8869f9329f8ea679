"""Tables of what the desk keeps beside the cases themselves. Frozen with the first migration, which makes them."""

DESK_TABLES = """
CREATE TABLE "import" (
    id {id},
    file_name {text} NOT NULL,
    sha256 {text} NOT NULL,
    source {text} NOT NULL,
    map_name {text} NOT NULL,
    started_at {int} NOT NULL,
    finished_at {int},
    recorded_by {text} NOT NULL,
    rows {int} NOT NULL,
    created {int} NOT NULL,
    updated {int} NOT NULL,
    unchanged {int} NOT NULL,
    rejected {int} NOT NULL
){strict}
;
CREATE TABLE import_row (
    id {id},
    run_id {int} NOT NULL REFERENCES "import" (id) ON DELETE RESTRICT,
    number {int} NOT NULL,
    dispute_id {int} REFERENCES dispute (id) ON DELETE RESTRICT,
    verdict {text} NOT NULL,
    digest {text} NOT NULL,
    raw_json {text} NOT NULL,
    at_column {text} NOT NULL,
    rule {text} NOT NULL
){strict}
;
CREATE INDEX import_row_dispute_id_digest ON import_row (dispute_id, digest)
;
CREATE TABLE draft (
    id {id},
    login {text} NOT NULL,
    place {text} NOT NULL,
    body {text} NOT NULL,
    saved_at {int} NOT NULL
){strict}
;
CREATE UNIQUE INDEX draft_login_place ON draft (login, place)
;
CREATE TABLE watch (
    id {id},
    dispute_id {int} NOT NULL REFERENCES dispute (id) ON DELETE RESTRICT,
    number {int} NOT NULL,
    login {text} NOT NULL,
    since {int} NOT NULL,
    stopped_at {int}
){strict}
;
CREATE UNIQUE INDEX watch_dispute_id_number ON watch (dispute_id, number)
;
CREATE INDEX watch_login ON watch (login) WHERE stopped_at IS NULL
;
CREATE TABLE reminder (
    id {id},
    dispute_id {int} NOT NULL REFERENCES dispute (id) ON DELETE RESTRICT,
    number {int} NOT NULL,
    login {text} NOT NULL,
    due_at {int} NOT NULL,
    done_at {int}
){strict}
;
CREATE UNIQUE INDEX reminder_dispute_id_number ON reminder (dispute_id, number)
;
CREATE INDEX reminder_login_due_at ON reminder (login, due_at) WHERE done_at IS NULL
"""
