"""A token that was signed unseen holds; whatever else is presented is refused, and never in another way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.plumbing.blind import (
    BlindedMessageIsUnusable,
    MessageIsUnusable,
    SignatureDoesNotHold,
    SigningFailed,
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


def test_what_is_hidden_says_nothing_of_the_token() -> None:
    """Any blinded message fits any token: there is a factor that leads from the one to the other."""
    hidden = [blind(KEY.public, prepare(b"one")), blind(KEY.public, prepare(b"two"))]
    first, second = (int.from_bytes(one.blinded_message, "big") for one in hidden)
    assert pow(first, -1, N) * second * first % N == second


def test_one_key_signs_many_times_and_each_answer_is_right() -> None:
    """More often than its blinding factor is squared."""
    for nth in range(70):
        verify(KEY.public, token := prepare(bytes([nth])), signed(token))


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


def test_what_is_out_of_range_is_not_signed() -> None:
    too_large = [(N + more).to_bytes(SIZE, "big") for more in (0, 1)]
    of_another_length = [b"", b"\1" * (SIZE - 1), b"\0" + b"\1" * SIZE]
    for wrong in (bytes(SIZE), b"\xff" * SIZE, *too_large, *of_another_length):
        with pytest.raises(BlindedMessageIsUnusable):
            blind_sign(KEY, wrong)


def test_the_edges_of_the_range_are_signed_like_anything_else() -> None:
    for number in (1, 2, N - 1, int(KEY.p), int(KEY.q), N - int(KEY.p)):
        answer = int.from_bytes(blind_sign(KEY, number.to_bytes(SIZE, "big")), "big")
        assert pow(answer, 65_537, N) == number


@given(st.binary(max_size=2 * SIZE) | st.binary(min_size=SIZE, max_size=SIZE))
def test_whatever_is_sent_to_be_signed_is_signed_or_refused(blinded: bytes) -> None:
    try:
        answer = blind_sign(KEY, blinded)
    except BlindedMessageIsUnusable:
        return
    assert pow(int.from_bytes(answer, "big"), 65_537, N) == int.from_bytes(blinded, "big")


@pytest.mark.parametrize("part", ["dp", "dq", "q_inverse"])
def test_a_fault_while_signing_lets_nothing_out(part: str) -> None:
    """One wrong half would be enough to find the factors of the key."""
    faulty = SigningKey.read(KEY.der())
    setattr(faulty, part, getattr(faulty, part) + 2)
    with pytest.raises(SigningFailed):
        blind_sign(faulty, blind(KEY.public, TOKEN).blinded_message)


def test_a_token_that_would_give_the_key_away_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secrets.randbelow", lambda _limit: int(KEY.p) - 1)
    with pytest.raises(MessageIsUnusable):
        blind(KEY.public, TOKEN)


def test_what_is_kept_secret_is_not_printed() -> None:
    blinding = blind(KEY.public, TOKEN)
    assert str(blinding.inverse) not in repr(blinding)
    assert repr(KEY) == f"<SigningKey {KEY.public.fingerprint()[:16]}>"
