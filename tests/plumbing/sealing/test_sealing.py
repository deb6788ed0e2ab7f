"""A box is opened by its reader alone, and only as it was meant; what RFC 9180 says comes out, byte for byte."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from hypothesis import given
from hypothesis import strategies as st

from heard.plumbing.sealing import BoxStaysClosed, PublicKeyIsUnusable, new_key, public_bytes, seal, unseal
from tests.plumbing.sealing.rfc9180 import AAD, ADDRESS, BOX, ONCE, PURPOSE, READER, TEXT, private_key

ELSEWHERE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
KEY, OTHER = new_key(), new_key()
SEALED = seal(public_bytes(KEY), b"a voice", purpose=b"purpose", aad=b"aad")


def test_the_box_of_the_standard_is_opened() -> None:
    assert unseal(private_key(READER), BOX, purpose=PURPOSE, aad=AAD) == TEXT


def test_the_box_of_the_standard_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ec, "generate_private_key", lambda _curve: private_key(ONCE))
    assert seal(ADDRESS, TEXT, purpose=PURPOSE, aad=AAD) == BOX


@given(st.binary(max_size=5_000), st.binary(max_size=100), st.binary(max_size=100))
def test_what_was_sealed_is_read_by_its_reader_alone(text: bytes, purpose: bytes, aad: bytes) -> None:
    box = seal(public_bytes(KEY), text, purpose=purpose, aad=aad)
    assert unseal(KEY, box, purpose=purpose, aad=aad) == text
    assert len(box) == len(text) + 81
    with pytest.raises(BoxStaysClosed):
        unseal(OTHER, box, purpose=purpose, aad=aad)


@given(st.binary(max_size=500), st.binary(max_size=100))
def test_another_library_reads_what_we_seal_and_seals_what_we_read(text: bytes, purpose: bytes) -> None:
    assert ELSEWHERE.decrypt(seal(public_bytes(KEY), text, purpose=purpose), KEY, info=purpose) == text
    assert unseal(KEY, ELSEWHERE.encrypt(text, KEY.public_key(), info=purpose), purpose=purpose) == text


def test_the_same_words_are_never_sealed_alike() -> None:
    assert len({seal(public_bytes(KEY), b"a voice") for _ in range(20)}) == 20


@pytest.mark.parametrize(
    ("purpose", "aad"), [(b"", b"aad"), (b"purpose", b""), (b"aad", b"purpose"), (b"purposea", b"ad")]
)
def test_with_another_purpose_or_other_data_beside_it_a_box_stays_closed(purpose: bytes, aad: bytes) -> None:
    with pytest.raises(BoxStaysClosed):
        unseal(KEY, SEALED, purpose=purpose, aad=aad)


@given(st.integers(min_value=0, max_value=8 * len(SEALED) - 1))
def test_a_box_with_a_changed_bit_stays_closed(bit: int) -> None:
    changed = (int.from_bytes(SEALED, "big") ^ (1 << bit)).to_bytes(len(SEALED), "big")
    with pytest.raises(BoxStaysClosed):
        unseal(KEY, changed, purpose=b"purpose", aad=b"aad")


@given(st.integers(min_value=0, max_value=len(SEALED) - 1))
def test_a_box_that_was_cut_stays_closed(length: int) -> None:
    with pytest.raises(BoxStaysClosed):
        unseal(KEY, SEALED[:length], purpose=b"purpose", aad=b"aad")


@given(st.binary(max_size=300))
def test_whatever_is_given_as_a_box_stays_closed(box: bytes) -> None:
    with pytest.raises(BoxStaysClosed):
        unseal(KEY, box)


@given(st.binary(max_size=100) | st.binary(min_size=64, max_size=64).map(lambda rest: b"\4" + rest))
def test_whatever_is_no_point_of_the_curve_is_refused(address: bytes) -> None:
    with pytest.raises(PublicKeyIsUnusable):
        seal(address, b"a voice")
