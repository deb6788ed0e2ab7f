"""Tables that keep no order of arrival: on SQLite, rows without the number that it gives to one after another."""

from typing import Any

from django.db import migrations


class CreateModelWithoutRowid(migrations.CreateModel):
    """CreateModel for a table whose rows lie by their primary key alone; elsewhere than on SQLite, an ordinary one.

    What alters such a table later must keep it so: on SQLite, Django makes tables anew as ordinary ones.
    """

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Makes the table."""
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.sql_create_table += " WITHOUT ROWID"
        try:
            super().database_forwards(app_label, schema_editor, from_state, to_state)
        finally:
            schema_editor.__dict__.pop("sql_create_table", None)
