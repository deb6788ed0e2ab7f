"""What is done about links: wanting their pages, fetching them, forgetting them."""

from heard.foundation.previews.actions.fetching import Outcome, fetch
from heard.foundation.previews.actions.wanting import forget, want

__all__ = ["Outcome", "fetch", "forget", "want"]
