"""One walk over the parsed text, in which people, hashtags, tasks and pictures become what we show of them."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from markdown_it.token import Token

from .cleaning import RELATION, is_own_file
from .plain import plain_text
from .words import LEADING_WORD, fold_hashtag, is_hashtag, spellings

_TASK = re.compile(r"\[([ xX])\]\s+")
_WITHIN = re.compile(r"/(?![/\\])|[?#]")
_HEADINGS = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h6", "h5": "h6", "h6": "h6"}
_TURNING = {"p", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "table"}
_ALIGNMENTS = {"text-align:left": "left", "text-align:center": "centre", "text-align:right": "right"}


class Walk:
    """One walk over the tokens of a text, changing them to what we show and noting who and what is named."""

    def __init__(self, people: Mapping[str, tuple[str, str]], tag_url: Callable[[str], str]) -> None:
        self.people = people
        self.tag_url = tag_url
        self.mentions: dict[str, None] = {}
        self.hashtags: dict[str, None] = {}

    def over(self, tokens: Sequence[Token]) -> None:
        """Changes the tokens of all blocks in place."""
        turned = 0
        for index, token in enumerate(tokens):
            if token.type == "inline":
                self._mark_task(tokens, index)
                token.children = list(self._inline(token.children or []))
                continue
            token.tag = _HEADINGS.get(token.tag, token.tag)
            if token.attrs and (alignment := _ALIGNMENTS.get(str(token.attrs.pop("style", "")))):
                token.attrs["class"] = f"align-{alignment}"
            if token.tag in _TURNING:
                # Only the outermost: `dir="auto"` overlooks what has a `dir` of its own.
                turned += token.nesting
                if turned == 1 and token.nesting == 1:
                    token.attrs["dir"] = "auto"

    def _mark_task(self, tokens: Sequence[Token], index: int) -> None:
        """`- [x] done` shows a ticked box."""
        children = tokens[index].children
        if index < 2 or tokens[index - 2].type != "list_item_open" or not children:
            return
        if children[0].type == "text" and (task := _TASK.match(children[0].content)):
            tokens[index - 2].attrs["class"] = "task"
            box = "☐" if task[1] == " " else "☑"
            children[0].content = f"{box} {children[0].content[task.end() :]}"

    def _inline(self, tokens: Sequence[Token]) -> Iterator[Token]:
        in_link = False
        for token in tokens:
            if token.type == "link_open":
                in_link = True
                yield _marked_if_outside(token)
            elif token.type == "link_close":
                in_link = False
                yield token
            elif token.type == "image":
                yield from _picture(token, in_link)
            elif token.type == "text" and not in_link:
                yield from self._words(token)
            elif token.type == "text_special":
                yield _text(token.content)
            else:
                yield token

    def _words(self, token: Token) -> Iterator[Token]:
        text, done = token.content, 0
        for found in LEADING_WORD.finditer(text) if "@" in text or "#" in text else ():
            if linked := self._linked(found):
                start, end, tokens = linked
                if start > done:
                    yield _text(text[done:start])
                yield from tokens
                done = end
        if not done:
            yield token
        elif done < len(text):
            yield _text(text[done:])

    def _linked(self, found: re.Match[str]) -> tuple[int, int, Sequence[Token]] | None:
        """Where a found word begins and ends and the link it becomes, if it leads anywhere."""
        start = found.start()
        if handle := found["handle"]:
            for spelling in spellings(handle):
                if person := self.people.get(spelling):
                    self.mentions[spelling] = None
                    address, name = person
                    return start, start + 1 + len(spelling), _link(f"@{name}", address, "mention")
        elif email := found["email"]:
            return start, found.end(), _link(email, f"mailto:{email}")
        elif is_hashtag(hashtag := found["hashtag"]):
            folded = fold_hashtag(hashtag)
            self.hashtags[folded] = None
            return start, found.end(), _link(f"#{hashtag}", self.tag_url(folded), "hashtag")
        return None


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _link(shown: str, address: str, class_: str = "") -> Sequence[Token]:
    opening = Token("link_open", "a", 1, attrs={"class": class_} if class_ else {})
    opening.attrs["href"] = address
    return opening, _text(shown), Token("link_close", "a", -1)


def _marked_if_outside(opening: Token) -> Token:
    if not _WITHIN.match(str(opening.attrs.get("href", ""))):
        opening.attrs["rel"] = RELATION
    return opening


def _picture(image: Token, in_link: bool) -> Iterator[Token]:
    """A picture of ours, or else a link to it, for fetching it would tell others who reads here."""
    address = str(image.attrs["src"])
    words = plain_text([Token("inline", "", 0, children=[image])])
    if is_own_file(address):
        image.attrs["loading"] = "lazy"
        image.children = [_text(words)]
        yield image
    else:
        opening, _, closing = _link("", address)
        shown = _text(words or address)
        yield from (shown,) if in_link else (_marked_if_outside(opening), shown, closing)
