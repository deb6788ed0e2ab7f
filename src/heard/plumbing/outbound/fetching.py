"""One request to somebody else's server, and the redirects it leads through."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.conf import settings

import heard

from .addresses import IP, Target, led_on, target_of
from .answering import Answer, answer_of
from .judging import Rules, judge
from .refusing import LeadsIntoTheOpen, NobodyAnswers, OutboundRefused, TookTooLong, TooManyRedirects
from .resolving import addresses_of

if TYPE_CHECKING:
    from .lifelines import Lifeline

MOST_REDIRECTS = 5
MOST_DIALLED = 3
_LEADS_ON = {301, 302, 303, 307, 308}
_OURS = {"host", "user-agent", "accept-encoding", "cookie", "connection", "content-length", "transfer-encoding"}


def fetch(
    url: str,
    *,
    most_bytes: int,
    deadline: float,
    accept: str,
    method: str = "GET",
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    cut: bool = False,
    allowed_by: str = "HEARD_OUTBOUND_ALLOW",
) -> Answer:
    """Asks a public address, or one that the setting `allowed_by` names, and gives the answer whatever its status.

    All of it takes `deadline` seconds at most, and `most_bytes` unpacked; with `cut` a longer body is given as far as
    that. A good answer is of a media type in `accept`. GET and HEAD follow five redirects, each judged anew; what
    carries a body follows none. Nobody's cookies, proxies or passwords go along. Raises OutboundRefused.
    """
    from .lifelines import Lifeline

    asked = _Asked(method, body, accept, dict(headers or {}), most_bytes, cut, allowed_by)
    with Lifeline(deadline) as lifeline:
        try:
            answer = _answer(asked, target_of(url), lifeline)
            lifeline.check()
            return answer
        except OutboundRefused as error:
            if lifeline.is_over:  # what was cut off looks like an end, or like nonsense
                raise TookTooLong from error
            raise


class _Asked:
    """What is asked, of whichever server it leads to."""

    def __init__(
        self,
        method: str,
        body: bytes | None,
        accept: str,
        headers: dict[str, str],
        most_bytes: int,
        cut: bool,
        allowed_by: str,
    ) -> None:
        self.method, self.body, self.accept, self.most_bytes, self.cut = method, body, accept, most_bytes, cut
        self.allowed_by = allowed_by
        self.headers = {name: value for name, value in headers.items() if name.lower() not in _OURS}
        self.headers |= {"Accept": accept, "Accept-Encoding": "gzip", "Connection": "close"}

    @property
    def follows(self) -> bool:
        """Whether it may be asked again elsewhere."""
        return self.method in {"GET", "HEAD"}


def agent() -> str:
    """Who asks, and where to complain."""
    return f"Heard/{heard.__version__} (+{settings.HEARD_URL})"


def _answer(asked: _Asked, target: Target, lifeline: "Lifeline") -> Answer:
    seen = {str(target)}
    for _ in range(MOST_REDIRECTS + 1):
        answer = _one(asked, target, lifeline)
        location = answer.headers.get("location", "")
        if answer.status not in _LEADS_ON or not location or not asked.follows:
            return answer
        following = led_on(target, location)
        if target.scheme == "https" and following.scheme != "https":
            raise LeadsIntoTheOpen
        target = following
        if str(target) in seen:
            raise TooManyRedirects
        seen.add(str(target))
    raise TooManyRedirects


def _one(asked: _Asked, target: Target, lifeline: "Lifeline") -> Answer:
    """One answer from one server, at the first of its addresses that takes the connection."""
    found = addresses_of(target, within=lifeline.left)
    judged = judge(target, found, Rules.of_settings(asked.allowed_by).allowed)[:MOST_DIALLED]
    for address in judged[:-1]:
        try:
            return _dialled(asked, target, address, lifeline, seconds=lifeline.left / 2)
        except _NoConnection:
            continue
    return _dialled(asked, target, judged[-1], lifeline, seconds=lifeline.left)


class _NoConnection(NobodyAnswers):
    """Nothing was said yet, so that another address may be tried."""


def _dialled(asked: _Asked, target: Target, address: IP, lifeline: "Lifeline", *, seconds: float) -> Answer:
    from requests import RequestException
    from requests.exceptions import ConnectTimeout
    from urllib3.exceptions import HTTPError

    from .dialling import session_for

    try:
        with session_for(target, address, seconds=seconds, agent=agent()) as session:
            sent = {**asked.headers, "Host": target.authority}
            response = session.request(asked.method, str(target), data=asked.body, headers=sent, stream=True)
            with response:
                leads_on = response.status_code in _LEADS_ON and asked.follows
                most, cut = (0, True) if leads_on else (asked.most_bytes, asked.cut)
                answer = answer_of(response, str(target), most_bytes=most, accept=asked.accept, cut=cut)
    except OutboundRefused:
        raise
    except ConnectTimeout as error:
        raise _NoConnection from error
    except (RequestException, HTTPError, OSError, ValueError) as error:
        raise (_NoConnection if "NewConnectionError" in repr(error) else NobodyAnswers) from error
    return answer
