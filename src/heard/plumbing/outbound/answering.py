"""What came back: read within bounds, whatever is sent."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .refusing import AnswerIsTooLarge, NobodyAnswers, WrongKindOfAnswer

if TYPE_CHECKING:
    from requests import Response

PIECE = 16_384
# As many bytes packed as they may be unpacked, and a little for what a short answer costs anyway.
PACKED_ALLOWANCE = 65_536
_PACKED = {"gzip", "x-gzip"}


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with any status. `url` is where it came from in the end; names of `headers` are in lower case.

    `is_cut` says that there was more of the body than was wanted.
    """

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes
    is_cut: bool = False

    @property
    def kind(self) -> str:
        """The media type, without what may follow it."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def is_good(self) -> bool:
        """Whether the status says that this is what was asked for."""
        return 200 <= self.status < 300


def answer_of(response: "Response", url: str, *, most_bytes: int, accept: str, cut: bool) -> Answer:
    """Reads an answer. Raises WrongKindOfAnswer or AnswerIsTooLarge before more than that is in memory."""
    headers = {name.lower(): value for name, value in response.headers.items()}
    answer = Answer(response.status_code, url, headers, b"")
    if answer.is_good and not is_accepted(answer.kind, accept):
        raise WrongKindOfAnswer
    told = headers.get("content-length", "")
    if not cut and told.isascii() and told.isdigit() and int(told[:20]) > most_bytes + PACKED_ALLOWANCE:
        raise AnswerIsTooLarge
    body, is_cut = _body(response, headers.get("content-encoding", ""), most_bytes)
    if is_cut and not cut:
        raise AnswerIsTooLarge
    return Answer(answer.status, url, headers, body, is_cut)


def is_accepted(kind: str, accept: str) -> bool:
    """Whether a media type is among those of an Accept header, without weights."""
    for wanted in (part.strip() for part in accept.split(",")):
        if wanted == "*/*" or wanted == kind or (wanted.endswith("/*") and kind.startswith(wanted[:-1])):
            return True
    return False


def _body(response: "Response", packing: str, most: int) -> tuple[bytes, bool]:
    """The beginning of the body, unpacked, in at most `most` bytes; and whether there was more."""
    packing = packing.strip().lower()
    if packing not in {"", "identity", *_PACKED}:
        raise WrongKindOfAnswer
    unpacker = zlib.decompressobj(wbits=31) if packing in _PACKED else None
    kept, taken = bytearray(), 0
    while piece := response.raw.read1(PIECE, decode_content=False):
        taken += len(piece)
        if unpacker is not None:
            piece = _unpacked(unpacker, piece, most + 1 - len(kept))
        kept += piece
        if len(kept) > most or taken > most + PACKED_ALLOWANCE:
            return bytes(kept[:most]), True
    return bytes(kept), False


def _unpacked(unpacker: "zlib._Decompress", piece: bytes, most: int) -> bytes:
    try:
        return unpacker.decompress(piece, most)
    except zlib.error as error:
        raise NobodyAnswers from error
