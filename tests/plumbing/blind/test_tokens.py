"""A token that was signed unseen holds; whatever else is presented is refused, and never in another way."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.plumbing.blind import (
    BlindedMessageIsUnusable,
    MessageIsUnusable,
    SignatureDoesNotHold,
    SigningKey,
    blind,
    blind_sign,
    finalize,
    holds,
    message_of,
    prepare,
    verify,
)

KEY, OTHER = SigningKey.new(), SigningKey.new()
SIZE = KEY.public.size
N = int(KEY.public.modulus)


def signed(token: bytes, key: SigningKey = KEY) -> bytes:
    blinding = blind(key.public, token)
    return finalize(key.public, token, blind_sign(key, blinding.blinded_message), blinding.inverse)


TOKEN = prepare(b"a voice")
SIGNATURE = signed(TOKEN)


@given(st.binary(max_size=2_000))
def test_what_was_signed_unseen_holds_under_that_key_alone(message: bytes) -> None:
    token = prepare(message)
    signature = signed(token)
    verify(KEY.public, token, signature)
    assert message_of(token) == message
    assert not holds(OTHER.public, token, signature)


@given(st.binary(max_size=100))
def test_the_same_token_is_hidden_differently_each_time_and_signed_once_for_each(message: bytes) -> None:
    token = prepare(message)
    first, second = blind(KEY.public, token), blind(KEY.public, token)
    assert first.blinded_message != second.blinded_message
    assert blind_sign(KEY, first.blinded_message) == blind_sign(KEY, first.blinded_message)
    assert blind_sign(KEY, first.blinded_message) != blind_sign(KEY, second.blinded_message)


def test_the_same_message_gives_another_token_each_time() -> None:
    assert len({prepare(b"a voice") for _ in range(100)}) == 100


def test_what_is_too_short_to_be_a_token_holds_no_message() -> None:
    assert message_of(bytes(32)) == b""
    with pytest.raises(SignatureDoesNotHold):
        message_of(bytes(31))


def test_whatever_the_signer_saw_fits_every_token_equally() -> None:
    """For each message that was hidden, and each token that comes back, there is the one factor that joins them."""
    tokens = [prepare(b"one"), prepare(b"two"), prepare(b"three")]
    blindings = [blind(KEY.public, token) for token in tokens]
    seen = [(one.blinded_message, blind_sign(KEY, one.blinded_message)) for one in blindings]
    signatures = [
        finalize(KEY.public, token, answer, one.inverse)
        for token, one, (_, answer) in zip(tokens, blindings, seen, strict=True)
    ]
    for (hidden, answer), signature in product(seen, signatures):
        number, answered, signed_as = (int.from_bytes(raw, "big") for raw in (hidden, answer, signature))
        factor = answered * pow(signed_as, -1, N) % N
        assert pow(signed_as, 65_537, N) * pow(factor, 65_537, N) % N == number


@given(st.integers(min_value=0, max_value=8 * SIZE - 1))
def test_a_changed_bit_is_refused(bit: int) -> None:
    changed = (int.from_bytes(SIGNATURE, "big") ^ (1 << bit)).to_bytes(SIZE, "big")
    with pytest.raises(SignatureDoesNotHold):
        verify(KEY.public, TOKEN, changed)


@given(st.integers(min_value=0, max_value=8 * len(TOKEN) - 1))
def test_a_changed_token_is_refused(bit: int) -> None:
    changed = (int.from_bytes(TOKEN, "big") ^ (1 << bit)).to_bytes(len(TOKEN), "big")
    with pytest.raises(SignatureDoesNotHold):
        verify(KEY.public, changed, SIGNATURE)


def test_another_length_or_nothing_is_refused() -> None:
    for wrong in (b"", SIGNATURE[:-1], SIGNATURE + b"\0", b"\0" + SIGNATURE, bytes(SIZE), b"\xff" * SIZE):
        with pytest.raises(SignatureDoesNotHold):
            verify(KEY.public, TOKEN, wrong)


@given(st.binary(max_size=2 * SIZE) | st.binary(min_size=SIZE, max_size=SIZE))
def test_whatever_is_presented_as_a_signature_is_refused_in_one_way(signature: bytes) -> None:
    with pytest.raises(SignatureDoesNotHold):
        verify(KEY.public, TOKEN, signature)


@given(st.binary(max_size=2 * SIZE) | st.binary(min_size=SIZE, max_size=SIZE), st.integers())
def test_whatever_a_signer_answers_is_checked(answer: bytes, inverse: int) -> None:
    with pytest.raises(SignatureDoesNotHold):
        finalize(KEY.public, TOKEN, answer, inverse)


def test_a_signature_does_not_hold_with_another_salt() -> None:
    assert not holds(KEY.public, TOKEN, SIGNATURE, salt_length=0)


def test_an_answer_under_another_key_is_found_out_by_whoever_asked() -> None:
    blinding = blind(KEY.public, TOKEN)
    try:
        answer = blind_sign(OTHER, blinding.blinded_message)
    except BlindedMessageIsUnusable:
        answer = blind_sign(OTHER, bytes(1) + blinding.blinded_message[1:])
    with pytest.raises(SignatureDoesNotHold):
        finalize(KEY.public, TOKEN, answer, blinding.inverse)


def test_a_token_that_would_give_the_key_away_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secrets.randbelow", lambda _limit: int(KEY.p) - 1)
    with pytest.raises(MessageIsUnusable):
        blind(KEY.public, TOKEN)


def test_what_is_kept_secret_is_not_printed() -> None:
    blinding = blind(KEY.public, TOKEN)
    assert str(blinding.inverse) not in repr(blinding)
    assert repr(KEY) == f"<SigningKey {KEY.public.fingerprint()[:16]}>"
