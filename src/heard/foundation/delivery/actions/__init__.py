"""Sending people what they were told: each thing once, when they want it, and only what they may still read."""

from heard.foundation.delivery.actions.digests import begin_digests, send_digest
from heard.foundation.delivery.actions.mailing import mail_to
from heard.foundation.delivery.actions.pushing import push_to, send_push
from heard.foundation.delivery.actions.unsubscribing import subscribe_again, unsubscribe

__all__ = ["begin_digests", "mail_to", "push_to", "send_digest", "send_push", "subscribe_again", "unsubscribe"]
