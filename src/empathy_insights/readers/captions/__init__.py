"""Captions and recorders: cues with times, joined into turns.

- `asides`: captions that nobody says
- `caption_files`: WebVTT, SubRip and the rarer grammars of captions
- `cues`: cues joined into the turns or passages they are part of
- `json_entries`: every list of spoken words in a recorder's JSON
- `json_values`: who speaks, what is said and when, in the values of such JSON
- `recorded`: the list of turns in a recorder's JSON, found and read
"""
