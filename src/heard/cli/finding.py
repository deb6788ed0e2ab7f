"""What `heard check` says of one thing."""

from dataclasses import asdict, dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: `fine`, a `note` worth reading, or `wrong`."""

    level: Literal["fine", "note", "wrong"]
    subject: str
    sentence: str

    def as_answer(self) -> dict[str, str]:
        """The finding as a script reads it."""
        return asdict(self)
