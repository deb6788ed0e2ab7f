"""What a database keeps beside its rows, and how none of it is left: orders, transactions, old rows, last looks.

- `written_anew(*models)`, `write_anew(cursor, *models)`: rows lie in an order drawn at random, as of one transaction.
- `leave_no_remnants(model)`: nothing that was deleted is left in PostgreSQL's files.
- `refuse_remnants(cursor)` and `end_sqlite_log()`: nor in those of SQLite.
- `read_alike(cursor, models)`: when a table was last read is the hour of the clock.

Each says on which database it does something; on the other it does nothing.
"""

from heard.plumbing.traces.anew import columns_of, leave_no_remnants, table_of, write_anew, written_anew
from heard.plumbing.traces.in_sqlite import end_sqlite_log, refuse_remnants
from heard.plumbing.traces.looks import read_alike

__all__ = [
    "columns_of",
    "end_sqlite_log",
    "leave_no_remnants",
    "read_alike",
    "refuse_remnants",
    "table_of",
    "write_anew",
    "written_anew",
]
