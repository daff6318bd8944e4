"""Work that moves: to and from the programs in which people code by hand.

- `qdpx_written`: a study as a REFI-QDA project
"""
