"""How many people raised a theme, as an estimate with its interval.

- `calibration`: what a coder's chances are worth, learned from texts that people coded
- `counts`: people by theme and group, drawn many times: the middle, the ends, the state
- `in_tables`: people by group and theme as every table says them
- `next_passages`: which passages to read next, and what reading them will do
- `passages_read`: which passages people have read, and which themes they were asked about
- `posterior`: what the passages that people have read say about the rest
- `weighing`: how much a second coder counts beside the first: as much as readers show it to help
"""
