"""What several tests of communities begin with."""

import pytest

from heard.foundation.communities.models import Access
from tests.foundation.communities.gatherings import a_community


@pytest.fixture
def closed(cast):
    """A closed community of the tender's, to which nobody else belongs yet."""
    return a_community("Night shift", cast.tender, access=Access.CLOSED, description="After ten")
