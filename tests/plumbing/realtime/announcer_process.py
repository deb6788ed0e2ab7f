"""A process that announces the lines it reads, each `topic name` or several with commas, and says that it has."""

import sys

import django

from heard.plumbing.realtime import News
from heard.plumbing.realtime.announcing import announce_all

if __name__ == "__main__":
    django.setup()
    for line in sys.stdin:
        announce_all(News(*item.split()) for item in line.split(","))
        sys.stdout.write("announced\n")
        sys.stdout.flush()
