"""How long a text may be."""

from django.utils.translation import ngettext

from heard.plumbing.refusals import Refusal

MESSAGE_LIMIT = 40_000
TITLE_LIMIT = 200


class TextIsTooLong(Refusal):
    """A text has more characters than fit."""

    def __init__(self, length: int, limit: int) -> None:
        over = length - limit
        super().__init__(
            ngettext(
                "This is %(over)s character too long: %(limit)s fit.",
                "This is %(over)s characters too long: %(limit)s fit.",
                over,
            )
            % {"over": f"{over:,}", "limit": f"{limit:,}"}
        )


def check_length(text: str, limit: int) -> None:
    """Raises TextIsTooLong where `text` has more than `limit` characters."""
    if len(text) > limit:
        raise TextIsTooLong(len(text), limit)
