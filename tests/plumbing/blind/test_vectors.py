"""What RFC 9474 says of its four variants comes out of ours, byte for byte."""

import secrets

import pytest

from heard.plumbing.blind import SigningKey, blind, blind_sign, finalize, prepare, verify
from tests.plumbing.blind.rfc9474 import INVERSE, MESSAGE, VECTORS, Vector, the_key


@pytest.fixture(scope="module")
def key() -> SigningKey:
    return the_key()


@pytest.fixture(params=VECTORS, ids=str)
def vector(request: pytest.FixtureRequest) -> Vector:
    return request.param


def test_all_four_variants_are_here():
    assert {vector.name.removeprefix("RSABSSA-SHA384-") for vector in VECTORS} == {
        *("PSS-Randomized", "PSSZERO-Randomized", "PSS-Deterministic", "PSSZERO-Deterministic")
    }


def test_what_chance_gave_the_standard_gives_us_the_same(vector, key, monkeypatch):
    n = int(key.public.modulus)
    drawn = [vector.prefix] * bool(vector.prefix) + [vector.salt]
    monkeypatch.setattr(secrets, "token_bytes", lambda length: drawn_of(drawn, length))
    monkeypatch.setattr(secrets, "randbelow", lambda _limit: pow(INVERSE, -1, n) - 1)
    token = prepare(MESSAGE) if vector.prefix else MESSAGE
    blinding = blind(key.public, token, salt_length=len(vector.salt))
    assert token == vector.token
    assert blinding.blinded_message == vector.blinded_message
    assert blinding.inverse == INVERSE
    assert drawn == []


def drawn_of(drawn: list[bytes], length: int) -> bytes:
    one = drawn.pop(0)
    assert len(one) == length
    return one


def test_the_signer_answers_as_the_standard_says(vector, key):
    assert blind_sign(key, vector.blinded_message) == vector.blind_signature


def test_the_signature_is_that_of_the_standard_and_holds(vector, key):
    salt_length = len(vector.salt)
    made = finalize(key.public, vector.token, vector.blind_signature, INVERSE, salt_length=salt_length)
    assert made == vector.signature
    verify(key.public, vector.token, made, salt_length=salt_length)
