"""Files on disk: what they hold, and which of them are our own."""
