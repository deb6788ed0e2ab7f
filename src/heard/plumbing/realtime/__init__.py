"""Tells open pages that something changed, by name and never by content, across processes.

Actions call `announce_on_commit("thread:7", "reply")` or, where the transaction is already over, `announce`.
The stream process carries the names to the browsers that may hear them; a page then asks the ordinary view again.
"""

from heard.plumbing.realtime.announcing import announce, announce_on_commit, quietly
from heard.plumbing.realtime.news import News

__all__ = ["News", "announce", "announce_on_commit", "quietly"]
