"""`heard ballots verify`: whether what was counted is what was given, by anybody and with what is public."""

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from heard.cli.answers import JsonOption, fail, print_json, terminal, wake_django

if TYPE_CHECKING:
    from heard.features.ballots.rules import Evidence, Spent

app = typer.Typer(help="Check ballots.", no_args_is_help=True)


@app.callback()
def ballots() -> None:
    """Takes what is to be done."""


@app.command()
def verify(
    ballot: Annotated[str, typer.Argument(help="The code of the ballot, which stands on the page of the ask.")],
    url: Annotated[str, typer.Option(help="The Heard to ask; without it, the database of this installation.")] = "",
    token: Annotated[Path | None, typer.Option(help="A token file that was kept: is it among those counted?")] = None,
    as_json: JsonOption = False,
) -> None:
    """Check the log, the keys, each signature and each count of a ballot. Ends with 1 where anything does not hold."""
    from heard.features.ballots.rules import findings_on

    evidence = gathered(ballot, url, own_token(token)) if url else looked_up(ballot, own_token(token))
    say = terminal(as_json=as_json)
    findings = findings_on(evidence)
    for finding in findings:
        mark = "[green]✓[/green]" if finding.holds else "[red]✗[/red]"
        say.print(f" {mark} {finding.what}: {finding.detail}")
    if evidence.audit is None:
        say.print("The ballot is not closed, so what counted is not published yet.")
    sound = all(finding.holds for finding in findings)
    if as_json:
        print_json(
            {"ok": sound, "closed": evidence.audit is not None, "findings": [asdict(finding) for finding in findings]}
        )
    sys.exit(0 if sound else 1)


def own_token(path: Path | None) -> "Spent | None":
    """The token of whoever asks."""
    from heard.cli import token_files
    from heard.features.ballots.rules import Spent
    from heard.plumbing import base64url

    if path is None:
        return None
    file = token_files.read(path)
    own = file.tokens[0]
    return Spent(base64url.decode(own["prefix"]), base64url.decode(own["signature"]), file.group)


def gathered(ballot: str, url: str, token: "Spent | None") -> "Evidence":
    """What a server shows to everybody."""
    from heard.cli.elsewhere import (
        asked,
        cookieless_origin,
        json_at,
        origin_of,
        text_at,
        unknown_sender,
        without_settings,
    )
    from heard.features.ballots.rules import Evidence

    without_settings()
    home = origin_of(url)
    origin = cookieless_origin(home)
    with unknown_sender() as session:
        audit = asked(session, "GET", f"{origin}/ballots/{ballot}/audit.json")
        issued = asked(session, "GET", f"{home}/asks/{ballot}/issued.json")
    return Evidence(
        keys=text_at(f"{origin}/ballots/{ballot}/keys.json"),
        log=json_at(f"{origin}/ballots/log.json"),
        audit=json.loads(audit.content) if audit.status_code == 200 else None,
        issued=issued_in(issued.json()) if issued.status_code == 200 else None,
        token=token,
    )


def issued_in(said: Mapping[str, Any]) -> dict[str, int]:
    """How many tokens were issued, by group."""
    return {str(group): int(count) for group, count in said["issued"].items()}


def looked_up(ballot: str, token: "Spent | None") -> "Evidence":
    """What our own database holds: also whether the rows are as many as was published."""
    wake_django()
    from django.core.exceptions import ObjectDoesNotExist

    from heard.features.ballots.queries import evidence_on
    from heard.features.rolls.queries import issued_counts, rolls_of

    try:
        roll = rolls_of([ballot]).get(ballot)
        return evidence_on(ballot, issued=issued_counts(roll) if roll else None, token=token)
    except ObjectDoesNotExist:
        fail(f"There is no ballot {ballot}.")
