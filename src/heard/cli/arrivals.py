"""`heard import`: conversations and people from elsewhere."""

import typer

app = typer.Typer(help="Move in: bring conversations and people from elsewhere.", no_args_is_help=True)


@app.callback()
def arrivals() -> None:
    """Takes the name of what is imported."""
