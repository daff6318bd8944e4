"""Running text: who speaks where, by every notation that people use.

- `asked_tables`: tables without heads in which one column asks
- `chats`: chats as they are exported or copied
- `columns`: turns written as columns without heads
- `conventions`: notations that only a whole file can vouch for
- `empathy_maps`: what somebody says, thinks, does and feels, in quadrants
- `guides`: the questions of a guide, typed above the answers
- `heads`: front matter, or facts at the head of a file
- `mails`: mails that were pasted or printed
- `mixed_marks`: voices that some lines mark with another sign than the others
- `notations`: how a line can say who speaks, each notation by itself
- `notes`: text in which nobody is named, and what is no talk
- `odd_labels`: labels that look like words, and marks inside lines
- `people_heads`: notes on several people, and the lines that say on whom
- `place_labels`: voices that are called by a table, a room or a device
- `program_lines`: what programs and interviewers write into a talk
- `questions`: what was asked before each answer
- `quotes`: words in quotation marks, with the speaker before or behind them
- `sections`: several interviews in one file
- `speaker_marks`: where a line says who speaks, and which labels a file really uses
- `stamps`: times beside words
- `told_lists`: notes in a list whose lines begin with whom they are of
- `topic_heads`: heads of topics in notes on somebody, which look like voices
- `turns`: running text to turns
"""
