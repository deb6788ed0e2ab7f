"""Pictures made anew: smaller, and without a word of where and by what they were taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from .decoding import TALLEST, decoded

if TYPE_CHECKING:
    from PIL.Image import Image as Frame

FACE = 256
VARIANTS = (1_600, 640)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture ready to be stored, with its size in pixels; always WebP."""

    content: bytes
    width: int
    height: int
    is_moving: bool = False
    mime: str = "image/webp"
    suffix: str = ".webp"


def shrink(upload: BinaryIO, *, widest: int) -> Picture:
    """The picture at most `widest` pixels wide, never enlarged, upright, stripped of all metadata.

    Animations go on moving. Raises NotAPicture, BrokenPicture, PictureIsTooLarge or AnimationIsTooLong, the
    latter two before the pixels are decoded that would be too many.
    """
    return variants(upload, widths=(widest,))[0]


def variants(upload: BinaryIO, *, widths: Sequence[int] = VARIANTS) -> tuple[Picture, ...]:
    """`shrink` for each of the widths, widest first, decoding once.

    Only the first of them moves, so that a page shows stills and a reader decides what plays. A small still
    picture is the same in all.
    """
    frames, durations = decoded(upload, widest=widths[0])
    pictures = [_encoded(frames, durations)]
    for width in widths[1:]:
        last = pictures[-1]
        if last.width <= width and not last.is_moving:
            pictures.append(last)
        else:
            frames = [frames[0].copy()]
            frames[0].thumbnail((width, TALLEST))
            pictures.append(_encoded(frames, durations))
    return tuple(pictures)


def face(upload: BinaryIO, *, side: int = FACE) -> Picture:
    """A square out of the middle of a picture, rather above it, at most `side` pixels wide; it never moves."""
    from PIL import ImageOps

    frames, durations = decoded(upload, widest=side * 4, still=True)
    side = min(side, *frames[0].size)
    return _encoded([ImageOps.fit(frames[0], (side, side), centering=(0.5, 0.4))], durations)


def _encoded(frames: Sequence["Frame"], durations: list[int]) -> Picture:
    """As WebP: photographs with a loss that nobody sees, screenshots without any, for so they are smaller."""
    first, *others = frames
    lossy = BytesIO()
    if others:
        first.save(lossy, "WEBP", quality=75, method=0, save_all=True, append_images=others, duration=durations, loop=0)
        return Picture(lossy.getvalue(), *first.size, is_moving=True)
    first.save(lossy, "WEBP", quality=82, method=4)
    lossless = BytesIO()
    if _is_drawn(first):
        first.save(lossless, "WEBP", lossless=True, quality=50, method=2)
    smaller = min((made for made in (lossy.getvalue(), lossless.getvalue()) if made), key=len)
    return Picture(smaller, *first.size)


def _is_drawn(frame: "Frame") -> bool:
    """Whether the picture has few colours for its size, as screenshots and drawings do."""
    from PIL import Image

    sample = frame.resize((min(frame.width, 256), min(frame.height, 256)), Image.Resampling.NEAREST)
    colours = sample.getcolors(sample.width * sample.height)
    return colours is not None and len(colours) < sample.width * sample.height / 8
