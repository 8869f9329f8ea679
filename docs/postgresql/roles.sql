-- Who may do what in the database of a desk, which is a database of its own:
--
--     CREATE ROLE desk_owner LOGIN; CREATE ROLE desk LOGIN; CREATE ROLE desk_reader LOGIN;
--     CREATE DATABASE disputes OWNER desk_owner TEMPLATE template0 ENCODING 'UTF8';
--
-- Then by its owner, after `disputes init` and after every `disputes migrate`:
--
--     psql --dbname=disputes --username=desk_owner --single-transaction --file=docs/postgresql/roles.sql
--
-- desk_owner   made the store, migrates and restores it; owns its tables and their guards
-- desk         the program: works cases, and can add to the chain of events but never change or empty it
-- desk_reader  somebody's reports: reads, and of secrets and half-written texts nothing
GRANT USAGE ON SCHEMA public TO desk, desk_reader;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO desk;
REVOKE UPDATE, DELETE, TRUNCATE ON event FROM desk;
REVOKE INSERT, UPDATE, DELETE ON schema_migration, meta FROM desk;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO desk;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO desk_reader;
REVOKE SELECT ON meta, contact, draft FROM desk_reader;
