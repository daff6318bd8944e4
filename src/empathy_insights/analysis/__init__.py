"""Count who raised what, and find the words behind each count."""
