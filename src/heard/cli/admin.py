"""`heard admin create`: somebody who may do everything, for when the first-run page is out of reach."""

from typing import Annotated

import typer

from heard.cli.answers import JsonOption, fail, print_json, terminal, wake_django

app = typer.Typer(help="Administrators.", no_args_is_help=True)


@app.callback()
def admin() -> None:
    """Takes what is to be done."""


@app.command()
def create(
    email: Annotated[str, typer.Option(prompt="E-mail", help="What they sign in with.")],
    name: Annotated[str, typer.Option(prompt="Name", help="First and last name.")],
    as_json: JsonOption = False,
) -> None:
    """Create an administrator. What is not given as an option is asked for.

    The password is asked for too, or stands in HEARD_ADMIN_PASSWORD or in the file that HEARD_ADMIN_PASSWORD_FILE
    names. It is no option, since every account of this machine can read the options of a command.
    """
    wake_django()
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email
    from django.db import DatabaseError, transaction
    from django.utils import timezone

    from heard.config import env
    from heard.foundation.people import actions
    from heard.foundation.people.models import Role

    if not name.strip():
        fail("Somebody without a name is nobody; give one by --name.")
    password = env.text("HEARD_ADMIN_PASSWORD") or typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    try:
        validate_email(email)
        validate_password(password)
        with transaction.atomic():
            person = actions.add_person(
                name=name.strip(), email=email, password=password, claimed_at=timezone.now(), by=None
            )
            actions.grant_role(person, Role.ADMINISTRATOR, by=None)
    except ValidationError as error:
        fail(" ".join(error.messages))
    except DatabaseError as error:
        fail(f"The database cannot be used ({str(error).strip()}). `heard prepare` brings it up to date.")
    terminal(as_json=as_json).print(f"{person.name} is an administrator and signs in as {person.email}.")
    if as_json:
        print_json({"email": person.email, "name": person.name})
