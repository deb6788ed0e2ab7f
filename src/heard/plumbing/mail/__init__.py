"""Letters: written from templates, queued in the transaction that causes them, sent by the worker, then forgotten.

Where incoming mail is set up, a letter may be answered: addresses that are signed say who answers what.
"""

from .names import is_from_us, message_id, our_domain
from .posting import REPLY_LINE, post
from .reply_addresses import (
    ReplyTarget,
    bounce_address,
    is_bounce_address,
    is_ours,
    read_bounce_address,
    read_reply_address,
    reply_address,
)
from .sending import QUEUE, Asks, lies_in, send_letter
from .server import rests

__all__ = [
    "QUEUE",
    "REPLY_LINE",
    "Asks",
    "ReplyTarget",
    "bounce_address",
    "is_bounce_address",
    "is_from_us",
    "is_ours",
    "lies_in",
    "message_id",
    "our_domain",
    "post",
    "read_bounce_address",
    "read_reply_address",
    "reply_address",
    "rests",
    "send_letter",
]
