"""The hub of a stream process: who listens to which topic, and who hears what."""

from collections import Counter

from heard.plumbing.realtime.news import News
from heard.plumbing.realtime.subscription import Subscription


class Hub:
    """All subscriptions of one process; used from its event loop alone, so nothing is locked."""

    def __init__(self) -> None:
        self._by_topic: dict[str, set[Subscription]] = {}
        self._of_owner: Counter[str] = Counter()

    def __len__(self) -> int:
        return self._of_owner.total()

    def count_of(self, owner: str) -> int:
        """How many connections `owner` has open here."""
        return self._of_owner[owner]

    def add(self, subscription: Subscription) -> None:
        """Let a subscription hear its topics from now on."""
        self._of_owner[subscription.owner] += 1
        self._listen(subscription)

    def remove(self, subscription: Subscription) -> None:
        """Forget a subscription whose connection is gone."""
        self._ignore(subscription)
        self._of_owner[subscription.owner] -= 1
        if not self._of_owner[subscription.owner]:
            del self._of_owner[subscription.owner]

    def regrant(self, subscription: Subscription, topics: frozenset[str]) -> None:
        """Exchange what a subscription hears, and let it go on if it was on hold."""
        self._ignore(subscription)
        subscription.resume(topics)
        self._listen(subscription)

    def publish(self, news: News) -> list[Subscription]:
        """Tell all who listen to the topic, and return them."""
        listeners = list(self._by_topic.get(news.topic, ()))
        event = news.as_event()
        for subscription in listeners:
            subscription.add(news, event)
        return listeners

    def end_all(self) -> None:
        """Let every connection finish."""
        for subscription in {one for listeners in self._by_topic.values() for one in listeners}:
            subscription.end()

    def _listen(self, subscription: Subscription) -> None:
        for topic in subscription.topics:
            self._by_topic.setdefault(topic, set()).add(subscription)

    def _ignore(self, subscription: Subscription) -> None:
        for topic in subscription.topics:
            listeners = self._by_topic.get(topic, set())
            listeners.discard(subscription)
            if not listeners:
                self._by_topic.pop(topic, None)
