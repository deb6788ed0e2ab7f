"""The hub of a stream process: who listens to which topic, and who hears what."""

from collections import Counter

from heard.plumbing.realtime.news import News
from heard.plumbing.realtime.subscription import Grant, Subscription


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
        self._of_owner[subscription.grant.owner] += 1
        self._listen(subscription)

    def remove(self, subscription: Subscription) -> None:
        """Forget a subscription whose connection is gone."""
        self._ignore(subscription)
        self._of_owner[subscription.grant.owner] -= 1
        if not self._of_owner[subscription.grant.owner]:
            del self._of_owner[subscription.grant.owner]

    def regrant(self, subscription: Subscription, grant: Grant) -> None:
        """Exchange what a subscription hears, and let it go on if it was on hold."""
        self._ignore(subscription)
        subscription.resume(grant)
        self._listen(subscription)

    def publish(self, news: News) -> list[Subscription]:
        """Tell all who hear the topic; gives them, and those who watch it."""
        concerned = list(self._by_topic.get(news.topic, ()))
        event = news.as_event()
        for subscription in concerned:
            subscription.add(news, event)
        return concerned

    def end_all(self) -> None:
        """Let every connection finish."""
        for subscription in {one for listeners in self._by_topic.values() for one in listeners}:
            subscription.end()

    def _listen(self, subscription: Subscription) -> None:
        for topic in subscription.grant.all_topics:
            self._by_topic.setdefault(topic, set()).add(subscription)

    def _ignore(self, subscription: Subscription) -> None:
        for topic in subscription.grant.all_topics:
            listeners = self._by_topic.get(topic, set())
            listeners.discard(subscription)
            if not listeners:
                self._by_topic.pop(topic, None)
