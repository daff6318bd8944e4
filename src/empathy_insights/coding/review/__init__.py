"""The review: passages in the most useful order, in a notebook or a sheet."""
