"""`heard check`: what is set up wrongly, each in one sentence that says what would be right."""

from heard.cli.answers import JsonOption, print_json, terminal, wake_django

MARKS = {"fine": "[green]✓[/green]", "note": "[yellow]·[/yellow]", "wrong": "[red]✗[/red]"}


def check(as_json: JsonOption = False) -> None:
    """Look at how Heard is set up, and say in words what is wrong. Ends with 1 if anything is."""
    import sys

    from heard.cli.finding import Finding
    from heard.cli.findings import all_findings
    from heard.config.env import WrongEnvironment

    say = terminal(as_json=as_json)
    try:
        wake_django(needs_tables=False)
        findings = all_findings()
    except WrongEnvironment as error:
        findings = [Finding("wrong", "environment", str(error))]
    for finding in findings:
        say.print(f" {MARKS[finding.level]} {finding.subject}: {finding.sentence}", markup=True)
    sound = all(finding.level != "wrong" for finding in findings)
    if as_json:
        print_json({"ok": sound, "findings": [finding.as_answer() for finding in findings]})
    sys.exit(0 if sound else 1)
