"""Running text: who speaks where, by every notation that people use."""
