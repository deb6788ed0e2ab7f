"""PostgreSQL keeps, to the microsecond, when each table and each index was last read: that is when a token last came.

Reading all of them once, in one transaction, leaves its own moment in their place.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Model

BY_INDEX = "SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off"
BY_TABLE = "SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off; SET LOCAL enable_bitmapscan = off"
AS_BEFORE = "; ".join(
    f"SET LOCAL enable_{way} TO DEFAULT" for way in ("seqscan", "sort", "indexscan", "indexonlyscan", "bitmapscan")
)
ORDERS = """
SELECT index.indrelid::regclass::text,
       string_agg(format('%%I USING OPERATOR(pg_catalog.%%s)', attname, oprname), ', ' ORDER BY column_.nth)
FROM pg_index AS index
CROSS JOIN LATERAL unnest(index.indkey::int2[], index.indclass::oid[]) WITH ORDINALITY AS column_ (number, class, nth)
JOIN pg_attribute ON attrelid = index.indrelid AND attnum = column_.number
JOIN pg_opclass ON pg_opclass.oid = column_.class
JOIN pg_amop ON amopfamily = opcfamily AND amoplefttype = opcintype AND amoprighttype = opcintype AND amopstrategy = 1
JOIN pg_operator ON pg_operator.oid = amopopr
WHERE index.indrelid = ANY (%s::regclass[])
GROUP BY index.indexrelid, index.indrelid
"""
"""The order in which each index lies, by which the planner can take no other."""


def read_alike(cursor: Any, models: Iterable[type[Model]]) -> None:
    """Reads each of these tables once by each of its indexes, and once through, with what PostgreSQL keeps beside it
    of long rows. Call it inside a transaction.
    """
    if connection.vendor != "postgresql":
        return
    tables = [connection.ops.quote_name(model._meta.db_table) for model in models]
    cursor.execute(ORDERS, [tables])
    orders = cursor.fetchall()
    cursor.execute(BY_INDEX)
    for table, order in orders:
        cursor.execute(f"SELECT 1 FROM {table} ORDER BY {order} LIMIT 1")  # noqa: S608
    cursor.execute(f"{AS_BEFORE}; {BY_TABLE}")
    for table in tables:
        cursor.execute(f"SELECT max(length(row_::text)) FROM {table} AS row_")  # noqa: S608
    cursor.execute(AS_BEFORE)
