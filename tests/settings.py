"""The settings of the tests: Heard's own, in a folder that goes when the tests do, whatever the shell says."""

import os
import tempfile

ON_POSTGRES = os.environ.get("HEARD_TEST_ENGINE", "sqlite") == "postgres"
KEPT = {"HEARD_LONG", "HEARD_TEST_ENGINE"} | ({"DATABASE_URL", "REDIS_URL"} if ON_POSTGRES else set())
OURS = ("HEARD_", "MAIL_", "DATABASE_URL", "REDIS_URL", "PORT", "SECRET_KEY")

for name in [name for name in os.environ if name.startswith(OURS) and name not in KEPT]:
    del os.environ[name]
os.environ["HEARD_DATA"] = tempfile.mkdtemp(prefix="heard-tests-")
if ON_POSTGRES:
    # Each pytest-xdist worker has a Redis database of its own, as it has a PostgreSQL one.
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    os.environ["REDIS_URL"] = os.environ["REDIS_URL"].partition("?")[0] + f"?db={worker}"

from heard.config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
