"""Who and what the texts of these tests name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

import pytest

from heard.plumbing.text import Rendered, render

PEOPLE = {"joana.ribeiro": "Joana Ribeiro", "joana": "Joana Other", "a_b-c": "Ana <b>", "ola": "علا"}


@dataclass
class Company:
    """A linker that knows four people and remembers what it was asked."""

    asked: list[set[str]] = field(default_factory=list)

    def people(self, handles: set[str]) -> Mapping[str, tuple[str, str]]:
        self.asked.append(handles)
        return {handle: (f"/people/{handle}/", PEOPLE[handle]) for handle in handles & PEOPLE.keys()}

    def tag_url(self, tag: str) -> str:
        return f"/tags/{quote(tag)}/"


@pytest.fixture(scope="session")
def company() -> Company:
    return Company()


@pytest.fixture(scope="session")
def read(company: Company) -> Callable[[str], Rendered]:
    """Renders a text for this company."""
    return lambda source: render(source, link=company)
