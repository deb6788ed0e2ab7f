"""A request as WSGI knows it, of the same one as ASGI does."""

import sys
from typing import Any, BinaryIO
from urllib.parse import unquote_to_bytes

Scope = dict[str, Any]


def header(scope: Scope, name: bytes) -> str:
    """The values of a header, put together; empty where there is none."""
    return ",".join(value.decode("latin-1") for key, value in scope["headers"] if key == name)


def declared(scope: Scope) -> int | None:
    """How long the body will be: nothing where only its end will tell, zero where there is none."""
    length = header(scope, b"content-length")
    if length.isascii() and length.isdigit():
        return int(length)
    return None if header(scope, b"transfer-encoding") else 0


def environ_of(scope: Scope, body: BinaryIO, length: int | None) -> dict[str, Any]:
    """What a WSGI application is told, with a body of this length.

    A name with an underscore is left out, since it would pass for the one with a hyphen that only a proxy may set.
    """
    environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": scope["server"][0],
        "SERVER_PORT": scope["server"][1],
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": scope["client"][0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        if b"_" not in name:
            _add(environ, name.decode("latin-1").upper().replace("-", "_"), value.decode("latin-1"))
    environ.pop("HTTP_CONTENT_LENGTH", None)
    if "HTTP_CONTENT_TYPE" in environ:
        environ["CONTENT_TYPE"] = environ.pop("HTTP_CONTENT_TYPE")
    if length is not None:
        environ["CONTENT_LENGTH"] = str(length)
    return environ


def _add(environ: dict[str, Any], name: str, value: str) -> None:
    key = f"HTTP_{name}"
    if key in environ:
        value = f"{environ[key]}{'; ' if name == 'COOKIE' else ','}{value}"
    environ[key] = value
