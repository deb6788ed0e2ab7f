"""`heard ballots verify`: whether what was counted is what was given, by anybody and with what is public."""

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
    code: Annotated[str, typer.Argument(metavar="ASK", help="The code in the ask's address, or that of its ballot.")],
    url: Annotated[str, typer.Option(help="The Heard to ask; without it, the database of this installation.")] = "",
    token: Annotated[Path | None, typer.Option(help="A token file that was kept: is it among those counted?")] = None,
    as_json: JsonOption = False,
) -> None:
    """Check the log, the keys, each signature and each count of a ballot. Ends with 1 where anything does not hold."""
    from heard.features.ballots.rules import findings_on

    evidence = gathered(code, url, own_token(token)) if url else looked_up(code, own_token(token))
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


def gathered(code: str, url: str, token: "Spent | None") -> "Evidence":
    """What a server shows to everybody."""
    from heard.cli.elsewhere import cookieless_origin, json_at, offered, origin_of, text_at, without_settings
    from heard.features.ballots.rules import Evidence

    without_settings()
    home = origin_of(url)
    origin = cookieless_origin(home)
    counts = offered(f"{home}/asks/{code}/issued.json") or {}
    ballot = str(counts.get("ballot", code))
    return Evidence(
        keys=text_at(f"{origin}/ballots/{ballot}/keys.json", missing=no_ballot(code, home)),
        log=json_at(f"{origin}/ballots/log.json"),
        audit=offered(f"{origin}/ballots/{ballot}/audit.json"),
        issued=issued_in(counts),
        token=token,
    )


def issued_in(counts: Mapping[str, Any]) -> dict[str, int] | None:
    """How many tokens were issued, by group, where the server says so."""
    issued = counts.get("issued")
    return {str(group): int(count) for group, count in issued.items()} if isinstance(issued, dict) else None


def looked_up(code: str, token: "Spent | None") -> "Evidence":
    """What our own database holds: also whether the rows are as many as was published."""
    wake_django()
    from django.core.exceptions import ObjectDoesNotExist

    from heard.features.asks.queries import ballot_called
    from heard.features.ballots.queries import evidence_on
    from heard.features.rolls.queries import issued_counts, rolls_of

    ballot = ballot_called(code)
    try:
        roll = rolls_of([ballot]).get(ballot)
        return evidence_on(ballot, issued=issued_counts(roll) if roll else None, token=token)
    except ObjectDoesNotExist:
        fail(no_ballot(code))


def no_ballot(code: str, home: str = "") -> str:
    """What is said of a code that nothing has."""
    return f"There is no ballot and no ask {code} {f'at {home}' if home else 'here'}: take the code from its address."
