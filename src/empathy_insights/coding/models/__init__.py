"""Coders that a machine runs: by phrases, by examples, and taught by people."""
