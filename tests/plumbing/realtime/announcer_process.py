"""A process that announces the lines it reads, `topic name` each, and says that it has."""

import sys

import django

from heard.plumbing import realtime

if __name__ == "__main__":
    django.setup()
    for line in sys.stdin:
        realtime.announce(*line.split())
        sys.stdout.write("announced\n")
        sys.stdout.flush()
