"""What a web process carries: many of them run, so mathematics stays with the worker and the command line."""

import subprocess
import sys

import pytest
from django.conf import settings

IMPORT_ALL_PAGES = """
import sys
from heard.config.wsgi import application
from django.urls import get_resolver
get_resolver().url_patterns
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


@pytest.fixture(scope="module")
def imported_by_the_web() -> set[str]:
    done = subprocess.run([sys.executable, "-c", IMPORT_ALL_PAGES], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_a_web_process_imports_no_mathematics(imported_by_the_web):
    assert settings.ROOT_URLCONF
    assert imported_by_the_web & {"numpy", "scipy", "pandas", "sklearn"} == set()


def test_a_web_process_imports_no_command_line_and_no_tools_for_tests(imported_by_the_web):
    assert imported_by_the_web & {"typer", "rich", "playwright", "pytest", "hypothesis"} == set()
