"""What a person is told, and why."""
