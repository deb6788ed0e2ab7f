"""The files of the project, as its version control sees them."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "heard"


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that belongs to the project, or will with the next commit: what is ignored is left out."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return tuple(path for name in sorted(set(listed.stdout.split("\0"))) if (path := ROOT / name).is_file())


def files_ending(*endings: str, below: str = "") -> list[Path]:
    """Those of them that end so, below a folder of the project."""
    return [path for path in project_files() if path.suffix in endings and path.is_relative_to(ROOT / below)]


def named(paths: list[Path]) -> list[str]:
    """The paths as a person would say them."""
    return [str(path.relative_to(ROOT)) for path in paths]
