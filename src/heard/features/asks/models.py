"""The organisation asks its staff: questions, their author, their schedule, what came of them."""
