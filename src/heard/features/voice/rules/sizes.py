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
SMALLEST_ANSWER = 65_536


def steps_of(length: int) -> bool:
    """Whether a sealed message is as long as one of the steps."""
    return length - IV - TAG in STEPS


def padded(answer: bytes) -> bytes:
    """JSON with spaces behind it, up to a power of four times 64 KiB."""
    size = SMALLEST_ANSWER
    while size < len(answer):
        size *= 4
    return answer + b" " * (size - len(answer))
