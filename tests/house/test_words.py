"""What may stand nowhere in the project: hosts that serve packages, paths of somebody's machine, broken links."""

import re

import pytest

from tests.house.tree import ROOT, files_ending, project_files

TEXT = [path for path in project_files() if path.suffix not in {".png", ".jpg", ".webp", ".woff2", ".ico", ".zip"}]
# Spelled so that this file does not hold what it looks for.
PACKAGE_HOSTS = re.compile(
    "|".join(["py" + r"pi\.org", "python" + r"hosted\.", "npm" + r"js\.(org|com)", r"deb\." + "debian"])
)
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+|opt/wheels|opt/pypi)/")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def spoken_of(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in TEXT:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if pattern.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}")
    return found


def test_no_file_names_a_host_that_serves_packages():
    assert spoken_of(PACKAGE_HOSTS) == []


def test_no_file_names_a_path_of_somebodys_machine():
    assert spoken_of(MACHINE_PATHS) == []


@pytest.mark.parametrize("path", files_ending(".md"), ids=lambda path: str(path.relative_to(ROOT)))
def test_links_in_documents_lead_somewhere(path):
    broken = [link for link in LINK.findall(path.read_text(encoding="utf-8")) if not (path.parent / link).exists()]
    assert broken == []
