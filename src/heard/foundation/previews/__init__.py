"""What stands behind a link: fetched once, kept, and shown under the message that has it."""
