"""Captions and recorders: cues with times, joined into turns."""
