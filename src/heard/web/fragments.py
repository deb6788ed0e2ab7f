"""Drawn pieces of pages, kept in the memory of this process as long as what they show stays equal."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import cache
from threading import Lock
from typing import cast

from django.template import Template
from django.template.loader import get_template

MOST = 6000


class Fragments:
    """A bounded memory of drawn pieces; the one longest unused goes first.

    A key must hold everything that the piece shows, so that nothing stale is ever shown and nothing need be thrown
    away by hand.
    """

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self.kept: OrderedDict[Hashable, str] = OrderedDict()
        self.lock = Lock()

    def get(self, key: Hashable) -> str | None:
        """The piece with this key, if it was drawn before."""
        with self.lock:
            piece = self.kept.get(key)
            if piece is not None:
                self.kept.move_to_end(key)
            return piece

    def put(self, key: Hashable, piece: str) -> str:
        """Keeps a piece, and gives it back."""
        with self.lock:
            self.kept[key] = piece
            while len(self.kept) > self.most:
                self.kept.popitem(last=False)
        return piece

    def of(self, key: Hashable, draw: Callable[[], str]) -> str:
        """The piece with this key, drawn now if it is not there."""
        piece = self.get(key)
        return piece if piece is not None else self.put(key, draw())


drawn = Fragments()


@cache
def template_of(name: str) -> Template:
    """Loaded once, and without the context processors that a page asks for."""
    return cast(Template, get_template(name).template)  # type: ignore[attr-defined]
