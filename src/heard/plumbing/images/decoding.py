"""Pictures taken apart: upright frames, or a refusal before anything too large is unfolded."""

import warnings
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from django.utils.translation import gettext_lazy as _

from heard.plumbing.refusals import Refusal

if TYPE_CHECKING:
    from PIL.Image import Image as Frame

# As many as the largest phone cameras make: a JPEG is decoded at a fraction of its size.
MOST_PIXELS_OF_JPEG = 50_000_000
# A screen of 8K. Other pictures are unfolded whole, at four bytes a pixel and sometimes twice.
MOST_PIXELS = 36_000_000
# Of all the frames of an animation together, since they are held in memory together.
MOST_MOVING_PIXELS = 30_000_000
MOST_FRAMES = 500
TALLEST = 16_000
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
_SHORTEST_FRAME_MS = 20


class NotAPicture(Refusal):
    """The file is none of the kinds of picture that are known."""

    sentence = _("This is not a picture that can be shown: JPEG, PNG, GIF, WebP and AVIF are.")


class BrokenPicture(Refusal):
    """The file begins like a picture and does not go on like one."""

    sentence = _("This picture is damaged or cut off, and cannot be read.")


class PictureIsTooLarge(Refusal):
    """The picture has more pixels than can be unfolded."""

    sentence = _("This picture has too many pixels. Make it smaller and try again.")


class AnimationIsTooLong(Refusal):
    """The frames have more than MOST_MOVING_PIXELS together, or are more than MOST_FRAMES."""

    sentence = _("This animation is too long for its size. Make it shorter or smaller and try again.")


def decoded(upload: BinaryIO, *, widest: int, still: bool = False) -> tuple[list["Frame"], list[int]]:
    """The upright frames of a picture, at most `widest` wide, and how long each of them lasts in milliseconds."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            upload.seek(0)
            with Image.open(upload, formats=_FORMATS) as image:
                most = MOST_PIXELS_OF_JPEG if image.format in {"JPEG", "MPO"} else MOST_PIXELS
                if image.width * image.height > most:
                    raise PictureIsTooLarge
                image.draft(None, (widest, widest))
                return _frames(image, widest, still=still or image.format == "MPO")
    except Refusal:
        raise
    except UnidentifiedImageError as error:
        raise NotAPicture from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureIsTooLarge from error
    # What a decoder stumbles on comes as whatever it stumbled with.
    except Exception as error:
        raise BrokenPicture from error


def _frames(image: "Frame", widest: int, *, still: bool) -> tuple[list["Frame"], list[int]]:
    """Frame by frame, so that an animation that never ends is left before it fills the memory."""
    frames: list[Frame] = []
    durations: list[int] = []
    screen = image.size
    for number in range(1 if still else MOST_FRAMES + 1):
        try:
            image.seek(number)
        except EOFError:
            break
        if number and (number == MOST_FRAMES or (number + 1) * image.width * image.height > MOST_MOVING_PIXELS):
            raise AnimationIsTooLong
        if frames and image.size != screen:
            raise BrokenPicture
        image.load()
        durations.append(max(int(image.info.get("duration") or 100), _SHORTEST_FRAME_MS))
        frames.append(_upright(image, widest))
    return frames, durations


def _upright(image: "Frame", widest: int) -> "Frame":
    """A copy made small and the right way up, in the colours of the web, knowing nothing but its pixels."""
    from PIL import ExifTags, Image, ImageOps

    profile = image.info.get("icc_profile")
    mode = "RGBA" if image.has_transparency_data else "RGB"
    full = image
    if full.mode.startswith("I"):
        # 16 bits of grey.
        full = full.convert("I").point(lambda depth: depth * (1 / 256)).convert("L")
    if full.mode not in {"L", "RGB", "RGBA", "CMYK"}:
        full = full.convert(mode)
    lies_on_its_side = image.getexif().get(ExifTags.Base.Orientation) in {5, 6, 7, 8}
    most = (TALLEST, widest) if lies_on_its_side else (widest, TALLEST)
    scale = min(1, most[0] / full.width, most[1] / full.height)
    size = (max(1, round(full.width * scale)), max(1, round(full.height * scale)))
    small = full.copy() if scale == 1 else full.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
    upright = ImageOps.exif_transpose(small)
    copy = _in_srgb(upright, profile, mode) if profile else upright.convert(mode)
    copy.info.clear()
    return copy


def _in_srgb(image: "Frame", profile: bytes, mode: str) -> "Frame":
    """The picture with its colour profile worked in, or as it is where the profile is of no use."""
    from PIL import ImageCms

    if image.mode == "L":
        image = image.convert(mode)
    try:
        screen = ImageCms.createProfile("sRGB")
        worked_in = ImageCms.profileToProfile(image, BytesIO(profile), screen, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        worked_in = None
    return worked_in or image.convert(mode)
