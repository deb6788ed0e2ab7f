"""What somebody may not see changes nothing that they can observe: not a byte of any answer, and not its time."""

import random
import re
import time
from statistics import median

import pytest
from django.db import connection

from heard.foundation.communities.actions import start_community
from heard.foundation.communities.models import Access, Community, CommunityWord
from heard.foundation.conversation.actions import delete_message, hide_message
from heard.foundation.people.models import Person
from heard.foundation.search.actions import take_changes
from heard.foundation.search.models import KnownWord
from heard.plumbing import limits
from tests.cast import Cast, browser_of
from tests.foundation.search.conftest import answer, say

pytestmark = pytest.mark.django_db
SEEN = "depot forklift scanner roster pallet Wakefield minutes canteen soup zephyr"
UNSEEN = (
    "zeppelin zephyrs forklifts scanners depots restructuring redundancy wakefields Fahrzeuge payroll scannen roster"
)


def sentence(drawn: random.Random, words: list[str]) -> str:
    """Some of the words, in an order."""
    return " ".join(drawn.choices(words, k=drawn.randint(3, 12)))


def without_times(page: str) -> str:
    """A page without what a clock says."""
    return re.sub(r"<time.*?</time>", "", page, flags=re.DOTALL)


def crowding(words: list[str]) -> list[str]:
    """Many short words that begin as these do, and many that are a slip away from them."""
    letters = "bdfghjklmnopqrtvwxyz"
    begun = [f"{word[:3]}{one}{other}" for word in words for one in "bkqx" for other in letters[:10]]
    return [*begun, *(word[:-1] + one for word in words for one in letters[:12]), *(f"{word}s" for word in words)]


def ask_everything(person: Person, words: list[str], drawn: random.Random, count: int) -> list[str]:
    """Pages for many different questions; ids that every request makes anew are left out, and limits by the minute."""
    browser = browser_of(person)
    pages = []
    for _nth in range(count):
        word, other = drawn.choice(words), drawn.choice(words)
        slip = word[: len(word) // 2] + drawn.choice("aeskt") + word[len(word) // 2 + 1 :]
        typed = drawn.choice(
            [word, f"{word} {other}", f"{word} -{other}", f'"{word} {other}"', slip, f"{slip} {other}", word[:3],
             word[:5], word[:-1], f"{other} {word[:4]}", f"#{word}", f"#{word[:3]}", f"{slip} {slip}",
             f"kind:reply {word}", f"in:council {word}", f"from:me {word}", "kind:question", f"{word} after:2020",
             "has:link", f"in:{word}", f"from:{word}"]
        )  # fmt: skip
        asked = {
            "q": typed,
            "order": drawn.choice(["", "best"]),
            "show": drawn.choice(["", "", "reply", "communities"]),
        }
        limits.cache.clear()
        pages.append(without_times(browser.get("/search/", asked, headers={"HX-Request": "true"}).text))
    return pages


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3))
def test_a_world_with_more_that_somebody_may_not_see_gives_them_the_same_bytes(
    cast: Cast, at_full_size: bool, seed: int
) -> None:
    drawn = random.Random(seed)
    seen, unseen = SEEN.split(), UNSEEN.split()
    rounds = 400 if at_full_size else 40
    for _nth in range(30):
        thread = say(
            cast.community, cast.member, sentence(drawn, seen) + " #depot", kind=drawn.choice(["ask", "share"])
        )
        answer(thread, cast.tender, sentence(drawn, seen))
    take_changes()
    before = ask_everything(cast.outsider, seen + unseen, random.Random(seed), rounds)
    secret = start_community(name="Restructuring zeppelin", by=cast.tender, access=Access.PRIVATE)
    crowd = crowding(seen)
    for nth in range(0, len(crowd), 60):
        tags = " ".join(f"#{word}" for word in crowd[nth : nth + 20])
        say(secret, cast.tender, f"{' '.join(crowd[nth : nth + 60])} {tags}")
    for place in (cast.council, secret):
        for _nth in range(40):
            thread = say(place, cast.tender, sentence(drawn, seen + unseen) + " #zeppelin #depots https://example.org/")
            answer(thread, cast.tender, sentence(drawn, unseen))
    hidden = say(cast.community, cast.tender, sentence(drawn, unseen) + " #payroll")
    answer(hidden, cast.tender, " ".join(crowd[:140]))
    take_changes()
    hide_message(hidden, by=cast.tender, because="no")
    was_open = start_community(name="Once open", by=cast.tender)
    say(was_open, cast.tender, " ".join(crowd[140:280]) + " #depots")
    take_changes()
    Community.objects.filter(pk=was_open.pk).update(access=Access.PRIVATE, name="x", slug="x")
    CommunityWord.objects.filter(community=was_open).delete()
    deleted = say(cast.community, cast.tender, " ".join(crowd[280:420]) + " #forks")
    take_changes()
    delete_message(deleted, by=cast.tender)
    take_changes()
    after = ask_everything(cast.outsider, seen + unseen, random.Random(seed), rounds)
    assert before == after
    assert ask_everything(cast.tender, seen + unseen, random.Random(seed), 40) != after[:40]


@pytest.mark.long
@pytest.mark.parametrize(
    ("hidden", "nonsense"), [("zeppelin", "zappulen"), ("zep", "zap"), ("zeppe", "zappu"), ("zeppelim", "zappulem")]
)
def test_a_rare_word_that_only_others_may_read_is_asked_for_as_nonsense_is(
    cast: Cast, at_full_size: bool, hidden: str, nonsense: str
) -> None:
    for nth in range(20):
        say(cast.community, cast.member, f"soup and forklift number {nth}")
    say(cast.council, cast.member, "the zeppelin is late, " + " ".join(f"zeppe{one}" for one in crowding(["lin"])[:60]))
    take_changes()
    assert KnownWord.objects.filter(word="zeppelin").exists()
    statements: dict[str, list[str]] = {hidden: [], nonsense: []}
    times: dict[str, list[float]] = {hidden: [], nonsense: []}
    browser = browser_of(cast.outsider)
    browser.get("/search/", {"q": "warm"})
    for nth in range(200 if at_full_size else 10):
        for word, took in times.items():
            with connection.execute_wrapper(noting(statements[word] if nth == 0 else [])):
                begun = time.process_time()
                browser.get("/search/", {"q": word})
                took.append(time.process_time() - begun)
        limits.cache.clear()
        browser.get("/search/", {"q": "warm"})
    # The same questions are asked of the database, one for one, so that no clock can tell the words apart.
    assert [sql.replace(hidden, "") for sql in statements[hidden]] == [
        sql.replace(nonsense, "") for sql in statements[nonsense]
    ]
    of_hidden, of_nonsense = median(times[hidden][1:]), median(times[nonsense][1:])
    print(f"median CPU ms: hidden {of_hidden * 1000:.2f}, nonsense {of_nonsense * 1000:.2f}")  # noqa: T201


def noting(into: list[str]):  # type: ignore[no-untyped-def]
    """Notes statements without what is given to them."""

    def note(execute, sql, parameters, many, context):  # type: ignore[no-untyped-def]
        into.append(re.sub(r"\d+(, \d+)*", "0", sql))
        return execute(sql, parameters, many, context)

    return note
