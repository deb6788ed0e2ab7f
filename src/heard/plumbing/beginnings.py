"""Words that begin as something typed does, as SQL that walks an index in both databases."""

from django.db import connection

HIGHEST = "\U0010ffff"


def begins(column: str, prefix: str) -> tuple[str, list[str]]:
    """That `column` begins with `prefix`, and the parameters of that; PostgreSQL needs an index by letters."""
    if connection.vendor == "sqlite":
        return f"({column} >= %s AND {column} < %s)", [prefix, prefix + HIGHEST]
    literal = prefix.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"{column} LIKE %s", [f"{literal}%"]
