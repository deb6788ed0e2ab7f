"""How style, script and icons are named: by a hash of what is in them, so that browsers may keep them for ever."""

from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.storage import FileSystemStorage


class HashedStorage(ManifestStaticFilesStorage):
    """Hashes the names inside modules' imports too; where nothing was collected yet, names stay plain.

    The list of names lies in the data folder, since all that lies beside the files is served.
    """

    support_js_module_import_aggregation = True
    manifest_strict = False
    manifest_name = "static.json"

    def __init__(self, *args: Any, **options: Any) -> None:
        listed = FileSystemStorage(location=settings.HEARD_DATA, file_permissions_mode=0o600)
        super().__init__(*args, manifest_storage=listed, **options)

    def stored_name(self, name: str) -> str:
        """The name under which a file is served."""
        return super().stored_name(name) if self.hashed_files else name
