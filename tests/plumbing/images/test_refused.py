"""Pictures that are refused, each in one sentence."""

import struct
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from heard.plumbing.images import AnimationIsTooLong, BrokenPicture, NotAPicture, PictureIsTooLarge, face, variants
from heard.plumbing.refusals import Refusal


def bytes_of(kind: str, size: tuple[int, int] = (64, 48), **options: object) -> bytes:
    file = BytesIO()
    Image.effect_noise(size, 50).convert("RGB").save(file, kind, **options)
    return file.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is that large."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 999)) + chunk(b"IEND", b"")
    )


def gif_of(frames: int, side: int) -> bytes:
    """A GIF whose frames are nearly empty, so that a few bytes unfold to much."""
    screen = b"GIF89a" + struct.pack("<HHBBB", side, side, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    one = b"\x21\xf9\x04\0\x05\0\0\0\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\0"
    return screen + one * frames + b"\x3b"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Good morning",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"%PDF-1.7",
        b"BM" + b"\0" * 60,
        b"II*\0" + b"\0" * 60,
    ],
)
def test_what_is_no_picture(content):
    with pytest.raises(NotAPicture, match="not a picture"):
        variants(BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
def test_a_picture_that_was_cut_off(kind):
    content = bytes_of(kind, (300, 200))
    with pytest.raises((BrokenPicture, NotAPicture), match="picture"):
        variants(BytesIO(content[: len(content) // 2]))


@pytest.mark.parametrize(("width", "height"), [(6_001, 6_000), (20_000, 20_000), (65_000, 65_000), (1, 2**31 - 1)])
def test_a_bomb_is_refused_before_it_unfolds(width, height):
    with pytest.raises(PictureIsTooLarge, match="too many pixels"):
        variants(BytesIO(png_claiming(width, height)))


def test_a_bomb_of_many_large_frames():
    with pytest.raises(AnimationIsTooLong, match="too long"):
        variants(BytesIO(gif_of(12, 2_000)))


def test_a_bomb_of_very_many_small_frames():
    with pytest.raises(AnimationIsTooLong):
        variants(BytesIO(gif_of(100_000, 4)))


def test_an_animation_that_grows_out_of_its_screen():
    content = bytearray(gif_of(5, 20))
    # The height of the last frame.
    content[content.rindex(b"\x2c") + 7] = 99
    with pytest.raises(BrokenPicture):
        variants(BytesIO(bytes(content)))


def test_of_a_long_animation_the_first_frame_makes_a_face():
    assert face(BytesIO(gif_of(100_000, 4))).width == 4


PICTURES = [bytes_of(kind) for kind in ("JPEG", "PNG", "GIF", "WEBP", "AVIF")] + [gif_of(5, 20)]


@given(
    content=st.sampled_from(PICTURES),
    changes=st.lists(st.tuples(st.integers(0, 4_000), st.integers(0, 255)), max_size=8),
    end=st.none() | st.integers(0, 4_000),
)
def test_a_damaged_picture_is_shown_or_refused_and_nothing_else(content, changes, end):
    damaged = bytearray(content)
    for place, byte in changes:
        damaged[place % len(damaged)] = byte
    with suppress(Refusal):
        assert len(variants(BytesIO(bytes(damaged[:end])))) == 2
