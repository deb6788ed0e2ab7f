"""Taking tokens from the command line: drawn and hidden here, written down, and only then signed by the server."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import requests

from heard.cli.answers import fail
from heard.cli.elsewhere import asked, cookieless_origin, json_at, sentence_of, text_at
from heard.cli.hours import moment
from heard.cli.token_files import TokenFile


def signed_in(url: str, login: str, password: str) -> requests.Session:
    """A session of this member; ends the command where the two do not fit."""
    session = requests.Session()
    session.trust_env = False
    session.headers.update({"Origin": url, "Accept": "application/json"})
    sent = {"login": login, "password": password}
    answer = asked(session, "POST", f"{url}/accounts/login/", data=sent, headers={"Accept": "text/html"})
    if answer.status_code not in {302, 303} or not session.cookies:
        fail("That e-mail and password do not let you in.")
    return session


def sign_out(session: requests.Session, url: str) -> None:
    """Ends the session."""
    asked(session, "POST", f"{url}/accounts/logout/")
    session.close()


def tokens_for(session: requests.Session, url: str) -> tuple[list[dict[str, Any]], datetime]:
    """What there is for this member, and what time it is there: the clock of this machine may be wrong by days."""
    answer = asked(session, "GET", f"{url}/tokens/")
    if answer.status_code != 200:
        fail(f"{url}/tokens/: {sentence_of(answer)}")
    told = answer.json()
    return told["ballots"], moment(told["now"])


def checked_keys(origin: str, ballot: str, seen: dict[str, Any] | None = None) -> tuple[dict[str, Any], dict[str, Any]]:
    """The published list of keys, and the log as it is now: fetched by nobody, and held against each other.

    Ends the command where anybody could have been given a key of their own.
    """
    from heard.features.ballots.rules import Evidence, findings_on

    keys, log = text_at(f"{origin}/ballots/{ballot}/keys.json"), json_at(f"{origin}/ballots/log.json")
    for finding in findings_on(Evidence(keys, log)):
        if not finding.holds:
            fail(f"Not so: {finding.what} ({finding.detail}). Do not answer here, and tell your colleagues.")
    now = {"size": len(log), "hash": log[-1]["hash"]}
    if seen and (len(log) < seen["size"] or log[seen["size"] - 1]["hash"] != seen["hash"]):
        fail("The log of published keys is not the one it was when this token was taken. Tell your colleagues.")
    return json.loads(keys), now


def drawn(url: str, page: dict[str, Any]) -> TokenFile:
    """Tokens that only this machine knows, hidden for the key that everybody is given."""
    from heard.features.ballots.rules import message_for, public_key, words_digest
    from heard.plumbing import base64url
    from heard.plumbing.blind import blind, prepare

    origin, ballot, group = cookieless_origin(url), page["ballot"], page["group"]
    keys, seen = checked_keys(origin, ballot)
    found = [one for one in keys["groups"] if one["group"] == group and one["invited"] == page["invited"]]
    if len(found) != 1:
        fail(f"The group that the server names for you is not in the list that everybody gets ({page['title']}).")
    if keys.get("words") != words_digest(page["title"], page["intro"], page["questions"]):
        fail(f"The questions are not worded for you as they are for everybody ({page['title']}). Tell your colleagues.")
    if page["nth"] != keys["per_member"]:
        fail(f"The server gives you another number of tokens than everybody ({page['title']}). Tell your colleagues.")
    n = found[0]["n"]
    tokens = []
    for _nth in range(page["nth"]):
        token = prepare(message_for(ballot, group))
        blinding = blind(public_key(n), token)
        inverse = blinding.inverse.to_bytes(256, "big")
        hidden = {"prefix": token[:32], "blinded": blinding.blinded_message, "inverse": inverse}
        tokens.append({name: base64url.encode(value) for name, value in hidden.items()})
    shown = {name: page[name] for name in ("title", "intro", "group_name", "invited", "questions")}
    shown |= {name: keys[name] for name in ("what", "opens", "closes")}
    return TokenFile(origin, ballot, group, n, shown, seen, tokens)


def signed(session: requests.Session, url: str, file: TokenFile) -> TokenFile:
    """The same with signatures that hold; ends the command where they do not."""
    from heard.features.ballots.rules import message_for, public_key
    from heard.plumbing import base64url
    from heard.plumbing.blind import finalize

    sent = {"blinded": [token["blinded"] for token in file.tokens]}
    answer = asked(session, "POST", f"{url}/tokens/{file.ballot}/", json=sent)
    if answer.status_code != 200:
        fail(f"{file.page['title']}: {sentence_of(answer)}")
    key, message = public_key(file.n), message_for(file.ballot, file.group)
    for token, signature in zip(file.tokens, answer.json()["signatures"], strict=True):
        whole = base64url.decode(token["prefix"]) + message
        inverse = int.from_bytes(base64url.decode(token["inverse"]), "big")
        token["signature"] = base64url.encode(finalize(key, whole, base64url.decode(signature), inverse))
    return file


def file_name(folder: Path, page: dict[str, Any]) -> Path:
    """Where the tokens for a ballot lie."""
    return folder / f"token-{page['ballot'][:12]}.json"
