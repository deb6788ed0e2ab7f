"""Pictures that people bring: re-encoded, sized, upright and stripped; SVG is no picture here but a file."""

from .decoding import AnimationIsTooLong, BrokenPicture, NotAPicture, PictureIsTooLarge
from .making import FACE, VARIANTS, Picture, face, shrink, variants

__all__ = [
    "FACE",
    "VARIANTS",
    "AnimationIsTooLong",
    "BrokenPicture",
    "NotAPicture",
    "Picture",
    "PictureIsTooLarge",
    "face",
    "shrink",
    "variants",
]
