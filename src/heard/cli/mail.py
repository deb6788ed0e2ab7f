"""`heard mail test`: whether mail leaves this installation."""

from typing import Annotated

import typer

from heard.cli.answers import JsonOption, fail, print_json, terminal, wake_django

app = typer.Typer(help="Mail.", no_args_is_help=True)


@app.callback()
def mail() -> None:
    """Takes what is to be done."""


@app.command()
def test(
    address: Annotated[str, typer.Argument(help="Where the test mail goes.")],
    as_json: JsonOption = False,  # noqa: PT028 - a command, not a test
) -> None:
    """Send one mail, and say in words what became of it."""
    wake_django(needs_tables=False)
    from django.conf import settings
    from django.core.exceptions import ValidationError
    from django.core.mail import send_mail
    from django.core.validators import validate_email

    try:
        validate_email(address)
        send_mail("A test from Heard", f"Mail from {settings.HEARD_URL} arrives.", None, [address])
    except ValidationError:
        fail(f"{address} is no e-mail address.")
    except OSError as error:
        fail(f"The mail server {settings.MAIL_HOST} did not take it: {in_words(error)}")
    where = settings.MAIL_HOST or str(settings.HEARD_MAIL)
    if settings.MAIL_HOST:
        said = f"{where} took the mail to {address}; look whether it arrives."
    else:
        said = f"There is no mail server (MAIL_HOST), so the mail to {address} lies in {where}."
    terminal(as_json=as_json).print(said)
    if as_json:
        print_json({"sent": bool(settings.MAIL_HOST), "where": where})


def in_words(error: OSError) -> str:
    """What a mail server or the network said."""
    import smtplib

    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "MAIL_USER or MAIL_PASSWORD is wrong."
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{code} {text.decode(errors='replace')}" for code, text in error.recipients.values())
    return error.strerror or str(error)
