"""The case, whole without a screen.

rules/       pure verdicts: states, permissions, clocks, money. Values in, verdict out
tables/      Peewee: fields, keys, indexes
queries/     reads, as frozen rows
operations/  writes: one verb, one function, one transaction, one event
migrations/  numbered, frozen, run by command
"""

from models import libraries as libraries
