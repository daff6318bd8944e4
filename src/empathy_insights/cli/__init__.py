"""The command line: a module for each group of commands.

- `analyze`: the whole way at once, and the sample study
- `app`: all commands together, in the order of the work
- `codebook`: the commands on codebooks
- `files`: a new study, what was understood, who is who, texts without names
- `options`: the options that several commands share
- `output`: what is printed, for a person or as JSON; nothing else prints
- `people`: passages read by people: where, by whom, how far they agree, what a coder learns
- `ready`: the process that a run keeps ready beside it
- `results`: results written for others, also for other programs, and held against what was written
- `said_of_reading`: sentences about what was read, and what waits for a person
- `unchanged`: the same command again, where the results of the last run stand
"""

from empathy_insights.cli.analyze import sample_folder as sample_folder
from empathy_insights.cli.app import main as main
