"""Every chart of a table, and the words for those who cannot see it."""
