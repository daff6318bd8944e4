"""How many people raised a theme, as an estimate with its interval.

- `calibration`: what a coder's chances are worth, learned from texts that people coded
- `counts`: which people may have raised which theme, drawn many times
- `drawn`: people by group and theme in every draw: the middle, the ends, the state
- `in_tables`: people by group and theme as every table says them
- `next_passages`: which passages to read next, and what reading them will do
- `passages_read`: which passages people have read, and which themes they were asked about
- `posterior`: what the passages that people have read say about the rest
- `questions`: what was asked: answers to one question share its themes, and it may name some
- `weighing`: how much a second coder counts beside the first: as much as readers show it to help
"""
