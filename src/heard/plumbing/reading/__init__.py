"""The words in PDF and Office files, read by a process of its own that may take so much time and memory and no more."""

from .asking import READABLE, NotRead, Reason, text_of

__all__ = ["READABLE", "NotRead", "Reason", "text_of"]
