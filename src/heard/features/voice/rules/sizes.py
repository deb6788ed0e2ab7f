"""How long what travels and what is kept may be, so that lengths say as little as they can."""

BODY = 65_536
"""Bytes of every body that holds a message without pictures; the browser fills it up with spaces."""
BODY_WITH_PICTURES = 1_572_864
"""Bytes of every body that holds one with pictures."""
LOOKUP = 1_024
"""Bytes of a body that only asks for a conversation."""
STEPS = (4_096, 16_384, 65_536, 262_144, 1_048_576)
"""Bytes of the sealed part of a message before it is sealed."""
IV, TAG = 12, 16
ANSWERS = (65_536, 262_144)
"""Bytes of an answer; what is longer is filled up to whole MiB."""
MIB = 1_048_576
MOST_SEALED = 12 * MIB
"""Bytes of all that is sealed in one conversation: it is read, and written anew each hour, as a whole."""
FOR_LISTENERS = MIB
"""So much of it is left for listeners, so that no writer can fill it up before they have answered."""


def steps_of(length: int) -> bool:
    """Whether a sealed message is as long as one of the steps."""
    return length - IV - TAG in STEPS


def padded(answer: bytes) -> bytes:
    """JSON with spaces behind it, up to 64 KiB, 256 KiB, or whole MiB."""
    size = next((size for size in ANSWERS if size >= len(answer)), -(-len(answer) // MIB) * MIB)
    return answer.ljust(size)
