"""How `heard speak` and `heard ballots verify` ask a Heard that runs elsewhere: as a member, or as nobody at all."""

import json
import urllib.request
from typing import Any
from urllib.parse import urlsplit

import requests
from urllib3.util import SKIP_HEADER

from heard.cli.answers import fail

SECONDS = 30


def without_settings() -> None:
    """Lets sentences be said on a machine where no Heard is set up; nothing is made or read there."""
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=False)


def origin_of(url: str) -> str:
    """Scheme and host of what was typed; ends the command where it is no address."""
    parts = urlsplit(url if "://" in url else f"https://{url}")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        fail(f"{url} is no address; it looks like https://heard.example.org.")
    return f"{parts.scheme}://{parts.netloc}"


def unknown_sender() -> requests.Session:
    """Asks without a cookie, a password or a word about itself. A proxy that the environment names is used."""
    session = requests.Session()
    session.trust_env = False  # else a password from .netrc would come along
    session.proxies.update({scheme: proxy for scheme, proxy in urllib.request.getproxies().items() if scheme != "no"})
    session.headers.clear()
    session.headers["User-Agent"] = SKIP_HEADER
    return session


def asked(session: requests.Session, method: str, url: str, **further: Any) -> requests.Response:
    """The answer; ends the command in one sentence where there is none."""
    try:
        return session.request(method, url, timeout=SECONDS, allow_redirects=False, **further)
    except requests.exceptions.SSLError:
        fail(f"The certificate of {url} does not hold. Nothing was sent.")
    except requests.RequestException as error:
        fail(f"{url} cannot be reached: {type(error).__name__}.")


def text_at(url: str, missing: str = "") -> str:
    """What everybody gets there, asked for by nobody; ends the command as `missing` says where nothing is there."""
    with unknown_sender() as session:
        answer = asked(session, "GET", url)
    if missing and answer.status_code == 404:
        fail(missing)
    if answer.status_code != 200:
        fail(f"{url}: {sentence_of(answer)}")
    return answer.content.decode()


def json_at(url: str) -> Any:
    """The same, as JSON."""
    try:
        return json.loads(text_at(url))
    except ValueError:
        fail(f"{url} is not what a Heard answers.")


def offered(url: str) -> Any:
    """The JSON that everybody gets there; nothing where none is offered (yet)."""
    with unknown_sender() as session:
        answer = asked(session, "GET", url)
    try:
        return answer.json() if answer.status_code == 200 else None
    except ValueError:
        return None


def cookieless_origin(url: str) -> str:
    """Where the addresses that know nobody are: another host, if the Heard at `url` names one."""
    named = json_at(f"{url}/speak/where.json").get("ballots")
    return origin_of(named) if named else url


def sentence_of(answer: requests.Response) -> str:
    """Why something was refused, as the server says it."""
    try:
        said = answer.json()
        return str(said.get("refused") or said.get("error"))
    except (ValueError, AttributeError):
        return f"the server answers {answer.status_code}."
