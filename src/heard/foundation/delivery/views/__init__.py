"""What somebody was told, as far as they may still read it, and unsubscribing from letters."""

from heard.foundation.delivery.views.listing import notices
from heard.foundation.delivery.views.unsubscribing import unsubscribing, unsubscribing_withdrawal

__all__ = ["notices", "unsubscribing", "unsubscribing_withdrawal"]
