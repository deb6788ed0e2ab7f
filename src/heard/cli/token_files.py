"""A token in a file: it is worth one vote, so nobody else may read it."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from heard.cli.answers import fail


@dataclass(frozen=True, slots=True)
class TokenFile:
    """What is needed to answer later, with no word of who took it.

    `page` is what the member was shown: title, questions, group. `seen` is the log as far as it was known when the
    token was taken. Of each token in `tokens`: prefix, blinded, inverse, and in the end signature.
    """

    origin: str
    ballot: str
    group: str
    n: str
    page: dict[str, Any]
    seen: dict[str, Any]
    tokens: list[dict[str, str]]

    @property
    def is_signed(self) -> bool:
        """Whether the tokens count already."""
        return all("signature" in token for token in self.tokens)


def write(path: Path, file: TokenFile) -> None:
    """Writes it whole or not at all, for its owner alone."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
        json.dump(asdict(file), stream, ensure_ascii=False, indent=1)
    fresh.replace(path)


def read(path: Path) -> TokenFile:
    """The file, whose tokens count; ends the command where it is none."""
    file = read_any(path)
    if not file.is_signed:
        fail(f"The token in {path} was never signed. `heard speak take` fetches the signature.")
    return file


def read_any(path: Path) -> TokenFile:
    """The file, whether or not its tokens are signed; ends the command where it is none."""
    try:
        return TokenFile(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        fail(f"There is no file {path}.")
    except (OSError, ValueError, TypeError):
        fail(f"{path} holds no token, or it is damaged.")
