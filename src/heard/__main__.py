"""Lets `python -m heard` be the `heard` command."""

from heard.cli import main

if __name__ == "__main__":
    main()
