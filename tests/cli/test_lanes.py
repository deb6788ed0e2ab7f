"""What takes minutes holds nothing else up."""

import subprocess
import sys
import time

import pytest

QUEUE = """
import time
import django
django.setup()
from django_tasks_db.models import DBTaskResult
from tests.cli.lanes import dawdle, dawdle_outside, hurry
{slow}.enqueue({mark!r})
while not DBTaskResult.objects.running().exists():
    time.sleep(0.1)
hurry.enqueue({mark!r})
"""


@pytest.mark.parametrize("slow", ["dawdle", "dawdle_outside"])
def test_a_short_task_is_done_while_a_long_one_runs(prepared, tmp_path, slow) -> None:
    mark = tmp_path / "done"
    environment = prepared.environment | {"DJANGO_SETTINGS_MODULE": "heard.config.settings"}
    worker = subprocess.Popen([*prepared.command, "serve", "--only", "worker"], env=environment)
    try:
        queueing = [sys.executable, "-c", QUEUE.format(mark=str(mark), slow=slow)]
        subprocess.run(queueing, env=environment, check=True, timeout=60)
        for _attempt in range(900):
            if mark.with_suffix(".seen").exists():
                return
            assert worker.poll() is None
            time.sleep(0.1)
        raise AssertionError("The short one had to wait.")
    finally:
        worker.kill()
        worker.wait()
