"""What every feature rests on: people, communities, conversation, notices, the record."""
