"""What somebody may not read leaves no trace on their pages: no words, no id, no place taken."""

import pytest

from heard.foundation.conversation import actions
from heard.foundation.people.actions import follow
from tests.cast import Cast, browser_of

pytestmark = pytest.mark.django_db


def test_no_page_names_a_thread_that_its_reader_may_not_read(cast: Cast) -> None:
    follow(cast.tender, by=cast.outsider)
    words = f"#zz for @{cast.outsider.handle}"
    shown = actions.start_thread(community=cast.community, by=cast.tender, source=words)
    hushed = [actions.start_thread(community=cast.council, by=cast.tender, source=words) for _nth in range(21)]
    browser = browser_of(cast.outsider)
    for address in ("/", "/newest/", "/tags/zz/", f"/people/{cast.tender.handle}/", "/news/?after=1", "/rail/"):
        page = browser.get(address).text
        assert not [one.pk for one in hushed if str(one.pk) in page], address
        assert str(shown.pk) in page or address in {"/newest/", "/news/?after=1", "/rail/"}, address
