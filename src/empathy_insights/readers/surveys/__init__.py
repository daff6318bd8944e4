"""Tables of answers and of turns."""
