"""The vector of RFC 9180 for our suite, for the tests of both sides."""

import json
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

FILE = json.loads(Path(__file__).with_suffix(".json").read_text())
PURPOSE, AAD, TEXT, ADDRESS, READER, ONCE = (
    bytes.fromhex(FILE[name]) for name in ("info", "aad", "pt", "pkRm", "skRm", "skEm")
)
BOX = bytes.fromhex(FILE["enc"]) + bytes.fromhex(FILE["ct"])


def private_key(scalar: bytes) -> ec.EllipticCurvePrivateKey:
    """The key with this number."""
    return ec.derive_private_key(int.from_bytes(scalar, "big"), ec.SECP256R1())
