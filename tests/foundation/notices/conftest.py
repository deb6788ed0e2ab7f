"""Nobody was told anything yet."""

import pytest

from heard.foundation.notices.models import Notice


@pytest.fixture
def cast(cast):
    Notice.objects.all().delete()
    return cast
