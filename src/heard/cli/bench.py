"""`heard bench`: how fast pages are, on an organisation of any size."""

import typer

app = typer.Typer(help="Measure: the whole request path, printed beside a calibration loop.", no_args_is_help=True)


@app.callback()
def bench() -> None:
    """Takes the name of a scenario."""
