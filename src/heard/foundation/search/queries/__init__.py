"""Looking for what was said, as one person: nothing that they may not see changes what they are given."""

from heard.foundation.search.queries.answering import Answer, search_for
from heard.foundation.search.queries.filling import how_full
from heard.foundation.search.queries.finding import Results, find
from heard.foundation.search.queries.hits import Hit
from heard.foundation.search.queries.names import names_meant
from heard.foundation.search.queries.tags import tags_meant, tags_to_offer

__all__ = ["Answer", "Hit", "Results", "find", "how_full", "names_meant", "search_for", "tags_meant", "tags_to_offer"]
