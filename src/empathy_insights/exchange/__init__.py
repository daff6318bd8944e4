"""Work that moves: to and from the programs in which people code by hand.

- `marks`: what people marked in a text, put on the passages that are coded
- `memos`: what people noted while they coded, without the names that are known
- `qdpx_corpus`: the texts and people of a REFI-QDA project as a corpus
- `qdpx_marks`: what is coded in a REFI-QDA project, by whom, with which notes
- `qdpx_offsets`: where a selection stands, whatever way a program counts
- `qdpx_read`: a REFI-QDA project as a study
- `qdpx_sources`: the texts of a REFI-QDA project, and what is not read
- `qdpx_written`: a study as a REFI-QDA project
"""
