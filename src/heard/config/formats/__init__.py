"""How dates, times and numbers are written: the same way on every page and in every mail."""
