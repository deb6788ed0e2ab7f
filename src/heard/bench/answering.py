"""Times an anonymous ask: freezing its groups, giving every member a token, taking their answers, releasing them."""

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

from heard.bench.clockwork import calibration, percentile, rss_mb
from heard.plumbing import base64url

TEAM = 25
TITLES = ("recommend", "agree", "agree", "agree", "choice")


@dataclass
class AnswerFigures:
    """What was measured: CPU milliseconds of a token and of a sheet of answers (medians), and whole seconds.

    `answer_p50_ms` and `answer_p99_ms` are wall times of the whole request path; `rewrite_s` is that of writing all
    rows anew, as each release and the hourly clock do.
    """

    engine: str
    people: int
    groups: int
    answers: int
    freeze_s: float
    token_cpu_ms: float
    token_queries: int
    answer_cpu_ms: float
    answer_queries: int
    answer_p50_ms: float
    answer_p99_ms: float
    rewrite_s: float
    rss_mb: float
    cal_ms: float

    def as_dict(self) -> dict[str, Any]:
        """Plain values, rounded to what the clock is worth."""
        return {name: round(value, 2) if isinstance(value, float) else value for name, value in asdict(self).items()}


def measure_answers(*, people: int) -> AnswerFigures:
    """One pulse of five questions for so many people, in teams of 25, all of whom answer once."""
    from django.db import connection
    from django.utils import timezone

    from heard.bench.clockwork import counted
    from heard.demo.then import as_of
    from heard.features.ballots.actions import Question, rewrite
    from heard.features.ballots.queries import published
    from heard.features.ballots.rules import public_key
    from heard.features.rolls.actions import freeze, issue
    from heard.features.rolls.queries import Audience, place_of

    staff = an_organisation(people)
    questions = [Question(f"q{nth}", kind, 4 if kind == "choice" else 0) for nth, kind in enumerate(TITLES, 1)]
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    begun = time.perf_counter()
    roll = freeze(
        by=None,
        audience=Audience(),
        what="pulse",
        page={"title": "", "intro": "", "questions": []},
        questions=questions,
        opens_at=now + timedelta(days=7),
        closes_at=now + timedelta(days=14),
    )
    freeze_s = time.perf_counter() - begun
    listed = json.loads(published(roll.ballot))["groups"]
    keys = {one["group"]: public_key(one["n"]) for one in listed}
    tokens, cpus = [], []
    for nth, person in enumerate(staff):
        place = place_of(person, roll)
        group = place.code if place else ""
        blinded, finish = hidden(roll.ballot, group, keys[group])
        with counted() as seen:
            cpu = time.process_time()
            [signed] = issue(by=person, ballot=roll.ballot, blinded=[blinded])
            cpus.append((time.process_time() - cpu) * 1000)
        token_queries = len(seen)
        tokens.append({"group": group, **finish(signed), "answers": answers_of(nth)})
    with as_of(roll.opens_at):
        walls, answer_cpus, answer_queries = hand_in(roll.ballot, tokens)
    begun = time.perf_counter()
    rewrite()
    return AnswerFigures(
        engine=connection.vendor,
        people=people,
        groups=len(listed),
        answers=len(questions) * len(tokens),
        freeze_s=freeze_s,
        token_cpu_ms=statistics.median(cpus),
        token_queries=token_queries,
        answer_cpu_ms=statistics.median(answer_cpus),
        answer_queries=answer_queries,
        answer_p50_ms=percentile(walls, 0.5),
        answer_p99_ms=percentile(walls, 0.99),
        rewrite_s=time.perf_counter() - begun,
        rss_mb=rss_mb(),
        cal_ms=calibration(),
    )


def an_organisation(count: int) -> list[Any]:
    """So many people who have been here for long, in teams below one unit."""
    from django.utils import timezone

    from heard.foundation.people.actions import add_unit
    from heard.foundation.people.models import Person

    top, long_ago = add_unit("Everybody"), timezone.now() - timedelta(days=90)
    teams = [add_unit(f"Team {nth}", parent=top) for nth in range(max(1, count // TEAM))]
    Person.objects.bulk_create(
        Person(
            handle=f"p{nth}",
            name=f"Person {nth}",
            unit=teams[nth % len(teams)],
            claimed_at=long_ago,
            joined_at=long_ago,
        )
        for nth in range(count)
    )
    return list(Person.objects.filter(unit__in=teams).order_by("pk"))


def hidden(ballot: str, group: str, key: Any) -> tuple[bytes, Callable[[bytes], dict[str, str]]]:
    """What a browser sends to be signed, and what it makes of the answer."""
    from heard.features.ballots.rules import message_for
    from heard.plumbing.blind import blind, finalize, prepare

    token = prepare(message_for(ballot, group))
    blinding = blind(key, token)

    def finish(signed: bytes) -> dict[str, str]:
        signature = finalize(key, token, signed, blinding.inverse)
        return {"prefix": base64url.encode(token[:32]), "signature": base64url.encode(signature)}

    return blinding.blinded_message, finish


def answers_of(nth: int) -> dict[str, int]:
    """A sheet, of every kind that is a number."""
    return {"q1": nth % 11, "q2": 1 + nth % 5, "q3": 1 + nth % 4, "q4": 1 + nth % 3, "q5": nth % 4}


def hand_in(ballot: str, sheets: list[dict[str, Any]]) -> tuple[list[float], list[float], int]:
    """Wall and CPU milliseconds of each sheet through the whole request path, and the queries of the last."""
    from heard.bench.clockwork import counted
    from heard.config.wsgi import application
    from heard.features.ballots.queries import ballot_by_code
    from heard.features.ballots.rules import padded

    size, walls, cpus = ballot_by_code(ballot).size, [], []
    for sheet in sheets:
        body = padded(sheet, size)
        with counted() as seen:
            begun, cpu = time.perf_counter(), time.process_time()
            status = sent(application, f"/ballots/{ballot}/redeem/", body)
            cpus.append((time.process_time() - cpu) * 1000)
            walls.append((time.perf_counter() - begun) * 1000)
        if status != 204:
            raise RuntimeError(f"Answers were met with {status}, not 204.")
    return walls, cpus, len(seen)


def sent(application: Callable[..., Any], path: str, body: bytes) -> int:
    """The status of a request as the page sends it: with neither cookie nor language."""
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost:8000",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": "text/plain",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body),
        "wsgi.errors": BytesIO(),
    }
    status: list[str] = []
    answer = application(environ, lambda line, _headers: status.append(line))
    for _chunk in answer:
        pass
    answer.close()
    return int(status[0].split()[0])
