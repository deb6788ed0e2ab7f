"""What anybody can check of a ballot, with nothing but what was published: no trust in whoever runs the server."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from heard.features.ballots.rules.bodies import read_spent
from heard.features.ballots.rules.chain import is_unbroken
from heard.features.ballots.rules.tokens import Spent, holding_under, nonce_hash, token_of
from heard.plumbing.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked: what must hold, whether it does, and the figures."""

    code: str
    what: str
    holds: bool
    detail: str


type Checked = tuple[str, bool, str]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was published of a ballot. `keys` is the text of the list of keys, `log` the whole log.

    `audit` is there once the ballot is closed; `issued` (tokens by group) where the server offers it; `tally` (answers
    by group and question) where they were counted once more from what is shown as results.
    """

    keys: str
    log: Sequence[Mapping[str, Any]]
    audit: Mapping[str, Any] | None = None
    issued: Mapping[str, int] | None = None
    tally: Mapping[str, Mapping[str, int]] | None = None
    token: Spent | None = None


def findings_on(evidence: Evidence) -> list[Finding]:
    """Everything that can be checked. Evidence that has not the form of any fails the check that it was for."""
    found = []
    for code, check in CHECKS.items():
        if evidence.audit is None and code not in {"log", "keys"}:
            continue
        try:
            one = check(evidence)
        except (ValueError, KeyError, TypeError, AttributeError, Refusal):
            one = _("What was published can be read"), False, code
        found += [Finding(code, *one)] if one else []
    return found


def _log_hangs_together(evidence: Evidence) -> Checked:
    lines = [(str(line["body"]), str(line["hash"])) for line in evidence.log]
    in_order = [line["number"] for line in evidence.log] == list(range(1, len(lines) + 1))
    detail = _("%(count)s lines, the last is %(hash)s") % {"count": len(lines), "hash": lines[-1][1] if lines else "–"}
    return _("The log of published keys hangs together"), in_order and is_unbroken(lines), detail


def _keys_are_those_of_all(evidence: Evidence) -> Checked:
    ballot, digest = json.loads(evidence.keys)["ballot"], sha256(evidence.keys.encode()).hexdigest()
    bodies = [json.loads(line["body"]) for line in evidence.log]
    named = [body["digest"] for body in bodies if body["kind"] == "keys" and body["ref"] == ballot]
    return _("The list of keys is the one in the log"), named == [digest], digest


def _signatures_hold(evidence: Evidence) -> Checked:
    listed, used = json.loads(evidence.keys), _used(evidence)
    moduli = {group["group"]: group["n"] for group in listed["groups"]}
    holding = sum(holding_under(moduli, one, listed["ballot"]) for one in used)
    detail = _("%(holding)s of %(used)s") % {"holding": holding, "used": len(used)}
    return _("Each token that counted was signed by its group's key"), holding == len(used), detail


def _each_counts_once(evidence: Evidence) -> Checked:
    ballot, used = json.loads(evidence.keys)["ballot"], _used(evidence)
    names = [nonce_hash(token_of(one, ballot)) for one in used]
    return _("No token counted twice"), len(set(names)) == len(names), str(len(names))


def _no_more_than_issued(evidence: Evidence) -> Checked:
    listed, used = json.loads(evidence.keys), Counter(one.group for one in _used(evidence))
    invited = {group["group"]: group["invited"] * listed.get("per_member", 1) for group in listed["groups"]}
    issued = invited if evidence.issued is None else evidence.issued
    holds = all(count <= min(issued.get(group, 0), invited.get(group, 0)) for group, count in used.items())
    what = _("No group used more tokens than it was issued")
    if evidence.issued is None:
        what = _("No group used more tokens than it has people (how many were issued was not offered)")
    detail = _("%(used)s used of %(issued)s") % {"used": used.total(), "issued": sum(issued.values())}
    return what, holds, detail


def _no_more_than_used(evidence: Evidence) -> Checked:
    used = Counter(one.group for one in _used(evidence))
    answered = _answered(evidence)
    asked = {question["code"] for question in json.loads(evidence.keys)["questions"]}
    holds = all(
        question in asked and 0 <= count <= used[group]
        for group, questions in answered.items()
        for question, count in questions.items()
    )
    total = sum(sum(questions.values()) for questions in answered.values())
    return _("No question has more answers than tokens were used"), holds, str(total)


def _tally_is_right(evidence: Evidence) -> Checked | None:
    if evidence.tally is None:
        return None
    published, counted = ({g: dict(c) for g, c in one.items() if c} for one in (_answered(evidence), evidence.tally))
    total = sum(sum(questions.values()) for questions in counted.values())
    return _("As many answers were counted as were published"), published == counted, str(total)


def _own(evidence: Evidence) -> Checked | None:
    if evidence.token is None:
        return None
    listed, own = json.loads(evidence.keys), evidence.token
    name = nonce_hash(token_of(own, listed["ballot"]))
    found = name in {nonce_hash(token_of(one, listed["ballot"])) for one in _used(evidence)}
    return _("Your own token is among those that counted"), found, name


def _used(evidence: Evidence) -> list[Spent]:
    return [read_spent(one) for one in (evidence.audit or {})["used"]]


def _answered(evidence: Evidence) -> Mapping[str, Mapping[str, int]]:
    return (evidence.audit or {})["answered"]  # type: ignore[no-any-return]


CHECKS: dict[str, Callable[[Evidence], Checked | None]] = {
    "log": _log_hangs_together,
    "keys": _keys_are_those_of_all,
    "signatures": _signatures_hold,
    "once": _each_counts_once,
    "issued": _no_more_than_issued,
    "answers": _no_more_than_used,
    "tally": _tally_is_right,
    "token": _own,
}
