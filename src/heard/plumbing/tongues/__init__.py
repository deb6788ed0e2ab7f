"""Words as they are looked for: taken out of text of any script, folded, and stemmed by the language of the text."""

from .guessing import is_little, language_of
from .splitting import Word, joined_script, split
from .stemming import LANGUAGES, stem, stems

__all__ = ["LANGUAGES", "Word", "is_little", "joined_script", "language_of", "split", "stem", "stems"]
