"""Pictures as they are stored."""

from io import BytesIO

import pytest
from PIL import ExifTags, Image, ImageCms

from heard.plumbing.images import face, shrink, variants

RED, BLUE = (255, 0, 0), (0, 0, 255)


def saved(image: Image.Image, kind: str, **options: object) -> BytesIO:
    file = BytesIO()
    image.save(file, kind, **options)
    return file


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def halves(width: int, height: int) -> Image.Image:
    """Red above, blue below."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (0, height // 2, width, height))
    return image


def is_near(colour: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(one - another) < 40 for one, another in zip(colour, other, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
def test_a_picture_is_made_smaller_and_never_larger(kind):
    picture = shrink(saved(halves(300, 200), kind), widest=100)
    assert (picture.width, picture.height, picture.mime, picture.suffix) == (100, 67, "image/webp", ".webp")
    assert opened(picture.content).size == (100, 67)
    assert shrink(saved(halves(300, 200), kind), widest=900).width == 300


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "RGB", "RGBA", "CMYK"])
def test_every_way_of_keeping_colours_is_understood(mode):
    image = Image.new(mode, (40, 30))
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert shrink(saved(image, kind), widest=20).width == 20


def test_sixteen_bits_of_grey_keep_their_shade():
    picture = shrink(saved(Image.new("I;16", (10, 10), 40_000), "PNG"), widest=10)
    assert is_near(opened(picture.content).convert("RGB").getpixel((5, 5)), (156, 156, 156))


def test_what_is_transparent_stays_so():
    picture = shrink(saved(Image.new("RGBA", (40, 40), (255, 0, 0, 0)), "PNG"), widest=20)
    assert opened(picture.content).getpixel((5, 5))[3] == 0


@pytest.mark.parametrize(("orientation", "size", "top"), [(1, (40, 80), RED), (3, (40, 80), BLUE), (6, (40, 20), None)])
def test_a_picture_stands_upright(orientation, size, top):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    picture = shrink(saved(halves(200, 400), "JPEG", exif=exif), widest=40)
    assert (picture.width, picture.height) == size
    upright = opened(picture.content).convert("RGB")
    if top:
        assert is_near(upright.getpixel((20, 5)), top)
    else:
        assert is_near(upright.getpixel((35, 10)), RED)
        assert is_near(upright.getpixel((5, 10)), BLUE)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_no_word_of_where_it_was_taken_is_left(kind):
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Camera of Joana"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (38.0, 43.0, 0.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    options = {} if kind == "PNG" else {"xmp": b"<x:xmpmeta>Joana</x:xmpmeta>"}
    upload = saved(halves(60, 60), kind, exif=exif, icc_profile=profile, **options)
    assert b"Joana" in upload.getvalue()
    for picture in (*variants(upload), face(upload)):
        assert b"Joana" not in picture.content
        assert not {"exif", "xmp", "icc_profile"} & opened(picture.content).info.keys()


def test_a_profile_that_makes_no_sense_is_left_aside():
    upload = saved(halves(60, 60), "JPEG", icc_profile=b"nonsense")
    assert is_near(opened(shrink(upload, widest=60).content).convert("RGB").getpixel((5, 5)), RED)


def moving(frames: int, size: int = 60) -> BytesIO:
    pictures = [Image.new("RGB", (size, size), (number * 7 % 256, number * 31 % 256, 9)) for number in range(frames)]
    return saved(pictures[0], "GIF", save_all=True, append_images=pictures[1:], duration=80)


def test_an_animation_goes_on_moving_and_only_where_a_reader_asks_for_it():
    full, small = variants(moving(5), widths=(50, 20))
    assert (full.is_moving, full.width, opened(full.content).n_frames) == (True, 50, 5)
    assert (small.is_moving, small.width, opened(small.content).n_frames) == (False, 20, 1)
    assert [picture.is_moving for picture in variants(moving(5, size=10), widths=(50, 20))] == [True, False]
    assert not face(moving(5)).is_moving


def test_a_small_picture_is_the_same_in_all_sizes():
    full, small = variants(saved(halves(300, 200), "PNG"))
    assert full is small


def test_a_screenshot_keeps_every_pixel():
    image = halves(301, 200)
    assert opened(shrink(saved(image, "PNG"), widest=900).content).convert("RGB").tobytes() == image.tobytes()


@pytest.mark.parametrize(("size", "side"), [((1000, 500), 256), ((500, 1000), 256), ((100, 40), 40), ((1, 1), 1)])
def test_a_face_is_square(size, side):
    picture = face(saved(Image.new("RGB", size), "JPEG"))
    assert (picture.width, picture.height) == (side, side)


def test_a_very_long_strip_is_made_to_fit():
    picture = shrink(saved(Image.new("L", (20, 30_000)), "PNG"), widest=1_600)
    assert (picture.width, picture.height) == (11, 16_000)


@pytest.mark.parametrize("size", [(1, 1), (1, 3_000), (3_000, 1)])
def test_a_picture_of_next_to_nothing_is_one(size):
    assert shrink(saved(Image.new("RGB", size), "PNG"), widest=100).width >= 1
