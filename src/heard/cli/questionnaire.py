"""Questions as they are asked at a terminal. An empty line says: I would rather not say."""

from typing import Any

import typer

AGREE = ("strongly disagree", "disagree", "neither", "agree", "strongly agree")
VOTES = ("disagree", "pass", "agree")


def ask_all(questions: list[dict[str, Any]], longest: dict[str, int]) -> dict[str, int | str]:
    """What was answered, by the code of the question; `longest` are the characters that words may have."""
    answers: dict[str, int | str] = {}
    for nth, question in enumerate(questions, 1):
        typer.echo(f"\n{nth} of {len(questions)}: {question['text']}")
        answer = ask(question, longest.get(question["code"], 1_000))
        if answer is not None:
            answers[question["code"]] = answer
    return answers


def ask(question: dict[str, Any], longest: int) -> int | str | None:
    """One answer, asked for until it is one."""
    if question["kind"] == "comment":
        return ask_words(longest)
    if question["kind"] == "recommend":
        typer.echo("  0 not at all likely … 10 extremely likely")
        return ask_number(0, 10)
    # What stands beside 1 at the terminal is sent as this number.
    listed, first = {"agree": (AGREE, 1), "vote": (VOTES, -1)}.get(question["kind"], (question.get("options", ()), 0))
    for nth, words in enumerate(listed, 1):
        typer.echo(f"  {nth} {words}")
    chosen = ask_number(1, len(listed))
    return None if chosen is None else chosen - 1 + first


def ask_number(least: int, most: int) -> int | None:
    """A number between the two, or nothing."""
    while True:
        typed = typer.prompt(f"{least} to {most}, or nothing", default="", show_default=False).strip()
        if not typed:
            return None
        if typed.isascii() and typed.isdigit() and least <= int(typed) <= most:
            return int(typed)
        typer.echo(f"A whole number from {least} to {most}, please; an empty line says nothing.")


def ask_words(longest: int) -> str | None:
    """Words of a length that is taken, or nothing."""
    while True:
        typed = str(typer.prompt("In your words, or nothing", default="", show_default=False)).strip()
        if len(typed) <= longest:
            return typed or None
        typer.echo(f"That is {len(typed)} characters; at most {longest} are taken.")
