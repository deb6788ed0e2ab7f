"""Questions as they are asked at a terminal. An empty line says: I would rather not say."""

from typing import Any

import typer

AGREE = (("strongly agree", 5), ("agree", 4), ("neither", 3), ("disagree", 2), ("strongly disagree", 1))
VOTES = (("agree", 1), ("pass", 0), ("disagree", -1))
"""What is sent for each, in the order of the page for answering, where the same digits choose."""


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
    options = [(words, nth) for nth, words in enumerate(question.get("options", ()))]
    offered = {"agree": AGREE, "vote": VOTES}.get(question["kind"], options)
    for nth, (words, _sent) in enumerate(offered, 1):
        typer.echo(f"  {nth} {words}")
    chosen = ask_number(1, len(offered))
    return None if chosen is None else offered[chosen - 1][1]


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
