"""Who people are: taken out of what they said before analysis, and looked for before writing.

- `deidentify`: everybody's identity replaced by a readable pseudonym
- `leaks`: identities looked for in everything that is about to be written

How people are found:

- `_addressed`: people in small letters who are spoken to or quoted
- `_as_read`: a text as a reader sees it, and what it says of its words
- `_asian_names`: Korean, Hmong and Vietnamese names, by their two parts
- `_bus_lines`: which bus, route or train somebody takes
- `_contacts`: e-mail, phones, ids and dates of birth, by their form
- `_cued`: places, schools and organisations that the words around them give away
- `_discover`: people whom no list names
- `_evidence`: whether a capitalised word is spoken of as a person or as a thing
- `_families`: a family by its surname
- `_file_names`: people in the names of files and folders
- `_found_people`: which of the names that were found are one person's
- `_index`: every form of every name of a study
- `_initialled`: people by initials, alone or before a surname
- `_introduced`: whether somebody is introduced by the words before
- `_known_people`: who is in a study
- `_label_names`: which labels of speakers are names
- `_listed`: the people of an index in a text, and near misses
- `_name_ends`: where a name that was found begins and ends
- `_name_forms`: the forms that a name takes
- `_near_misses`: names of the index that are written otherwise
- `_near_places`: places, schools and organisations by where they stand and how they end
- `_ner`: names that a spaCy model recognises
- `_own_numbers`: numbers that are somebody's own: ids, lockers, plates, jerseys
- `_paired`: people who are written down as a pair
- `_patterns`: schools, teams, streets and addresses, by their form
- `_readings`: how a word that is also a name is meant, by its place
- `_recogniser`: a spaCy model run over many texts at once, only where a name can be
- `_search`: all texts of a study searched, in all of these ways
- `_shown`: capitalised words that what is said beside them shows to be somebody
- `_small_names`: names in small letters
- `_small_places`: schools, streets and places in small letters
- `_small_surnames`: surnames in small letters behind a given name
- `_spanish`: where words are Spanish, and which of them are names
- `_spoken`: mail, phones and ids as people say them aloud
- `_strange_words`: words that no dictionary has, where no capital could tell a name
- `_titled`: people by a title before their name
- `_unknown_words`: whether a word is one at all
- `_vocabulary`: the words that tell names from other capitalised words
- `_word_names`: names in small letters that are also words
- `_word_spans`: words of a text, with what stands between them

How they are taken out:

- `_decided`: what a person decided to hide, in a study that is coded already
- `_key_file`: who is behind which pseudonym, apart from all results
- `_pieces`: a corpus taken apart into texts, and put together without names
- `_rewrite`: replacements put into a corpus, every offset moved along
"""

from empathy_insights.identities._decided import hide_strings
from empathy_insights.identities._key_file import check_key_place, write_key
from empathy_insights.identities._ner import load_names
from empathy_insights.identities.deidentify import Deidentified, deidentify
from empathy_insights.identities.leaks import (
    Identities,
    check_leaks,
    find_identities,
    hide_identities,
)

__all__ = [
    "Deidentified",
    "Identities",
    "check_key_place",
    "check_leaks",
    "deidentify",
    "find_identities",
    "hide_identities",
    "hide_strings",
    "load_names",
    "write_key",
]
