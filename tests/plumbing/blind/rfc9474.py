"""The vectors of RFC 9474, appendix A, for the tests of both sides."""

import json
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa

from heard.plumbing.blind import SigningKey

FILE = json.loads(Path(__file__).with_suffix(".json").read_text())


@dataclass(frozen=True)
class Vector:
    """One of the four variants: what goes in at random, and what comes out."""

    name: str
    prefix: bytes
    salt: bytes
    blinded_message: bytes
    blind_signature: bytes
    signature: bytes

    def __str__(self) -> str:
        return self.name

    @property
    def token(self) -> bytes:
        """The message as it is signed: the variants named Deterministic put nothing before it."""
        return self.prefix + MESSAGE


MESSAGE = bytes.fromhex(FILE["msg"])
INVERSE = int(FILE["inv"], 16)
VECTORS = [
    Vector(
        one["name"],
        *(bytes.fromhex(one[name]) for name in ("msg_prefix", "salt", "blinded_msg", "blind_sig", "sig")),
    )
    for one in FILE["vectors"]
]


def the_key() -> SigningKey:
    """The key that all four are made with."""
    p, q, n, e, d = (int(FILE["key"][name], 16) for name in "pqned")
    public = rsa.RSAPublicNumbers(e, n)
    parts = (p, q, d, rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q), public)
    return SigningKey(rsa.RSAPrivateNumbers(*parts).private_key())
