"""What refuses to change, delete or disorder events. Frozen with the first migration, which sets it up."""

SQLITE_GUARDS = """
CREATE TRIGGER event_keeps_order BEFORE INSERT ON event
WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM event)
  OR NEW.previous_hash <> COALESCE((SELECT hash FROM event ORDER BY seq DESC LIMIT 1), '')
BEGIN SELECT RAISE(ABORT, 'event out of order'); END
;
CREATE TRIGGER event_is_not_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END
;
CREATE TRIGGER event_is_not_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END
"""

POSTGRES_GUARDS = """
CREATE FUNCTION event_refuses() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'events are never changed or deleted'; END $$
;
CREATE FUNCTION event_keeps_order() RETURNS trigger LANGUAGE plpgsql AS
$$ DECLARE last RECORD;
BEGIN
  SELECT seq, hash INTO last FROM event ORDER BY seq DESC LIMIT 1;
  IF NEW.seq <> COALESCE(last.seq, 0) + 1 OR NEW.previous_hash <> COALESCE(last.hash, '') THEN
    RAISE EXCEPTION 'event out of order';
  END IF;
  RETURN NEW;
END $$
;
CREATE TRIGGER event_keeps_order BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION event_keeps_order()
;
CREATE TRIGGER event_is_not_changed BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION event_refuses()
;
CREATE TRIGGER event_is_not_emptied BEFORE TRUNCATE ON event FOR EACH STATEMENT EXECUTE FUNCTION event_refuses()
"""
