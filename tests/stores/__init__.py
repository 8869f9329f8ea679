"""The stores that tests run on: a SQLite file and a PostgreSQL server of their own."""
