"""Reading mail that comes in: whatever bytes arrive become words and files, or a refusal, and nothing else."""

from .apart import ReadingStopped, read_apart, stop_reading
from .authentication import is_authentic
from .incoming import IncomingMail, IsEncrypted, MailIsUnreadable, NothingWritten, read_mail
from .parts import Enclosed
from .quotes import own_words

__all__ = [
    "Enclosed",
    "IncomingMail",
    "IsEncrypted",
    "MailIsUnreadable",
    "NothingWritten",
    "ReadingStopped",
    "is_authentic",
    "own_words",
    "read_apart",
    "read_mail",
    "stop_reading",
]
