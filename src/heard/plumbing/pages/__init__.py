"""Pages between the server that takes connections and Django: no thread waits for a browser.

Whatever somebody sends is taken in whole, by a deadline, before a thread is asked to answer it, and what they are slow
to fetch is let go by the thread. Whoever is slow keeps a socket busy and some memory, and nobody else.
"""

from heard.plumbing.pages.application import Pages

__all__ = ["Pages"]
