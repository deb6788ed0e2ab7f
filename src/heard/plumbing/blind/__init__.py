"""Blind signatures (RFC 9474, RSABSSA-SHA384-PSS-Randomized): a token is signed by somebody who cannot see it.

Whoever wants a token:                      whoever signs, once for each:

    token = prepare(message)
    blinding = blind(public_key, token)
    blinding.blinded_message        ──────▶  blind_sign(signing_key, blinded_message)
    signature = finalize(…)         ◀──────  blind_signature

Later `verify(public_key, token, signature)` holds for everybody who has the public key, and nothing that the signer saw
tells which blinded message the token came from. In the browser the same is `web/static/js/blind.js`. A signing key may
serve one purpose only, since nobody knows what it signs.
"""

from heard.plumbing.blind.asking import Blinding, blind, finalize, prepare
from heard.plumbing.blind.checking import holds, message_of, verify
from heard.plumbing.blind.encoding import SALT_LENGTH
from heard.plumbing.blind.keys import PublicKey
from heard.plumbing.blind.refusing import (
    BlindedMessageIsUnusable,
    BlindRefusal,
    KeyIsUnusable,
    MessageIsUnusable,
    SignatureDoesNotHold,
    SigningFailed,
)
from heard.plumbing.blind.signing import blind_sign
from heard.plumbing.blind.signing_keys import SigningKey

__all__ = [
    "SALT_LENGTH",
    "BlindRefusal",
    "BlindedMessageIsUnusable",
    "Blinding",
    "KeyIsUnusable",
    "MessageIsUnusable",
    "PublicKey",
    "SignatureDoesNotHold",
    "SigningFailed",
    "SigningKey",
    "blind",
    "blind_sign",
    "finalize",
    "holds",
    "message_of",
    "prepare",
    "verify",
]
