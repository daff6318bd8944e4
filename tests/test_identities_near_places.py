"""Places, schools and bodies by where they stand and by their last word."""

import pytest

from empathy_insights.identities import deidentify


def left_of(words, talk):
    done = deidentify(talk({"a": [("s01", words)]}), ner=None)
    return done.corpus.utterances["text"].item()


@pytest.mark.parametrize(
    ("words", "clean"),
    [
        ("We live out past Tillie's Hollow now.", "We live out past [place 1] now."),
        ("My aunt is over in Pheasant Flats.", "My aunt is over in [place 1]."),
        ("He cleans at Birchwood Suites at night.", "He cleans at [place 1] at night."),
        ("I met her at Otterbein.", "I met her at [place 1]."),
        ("We go to Shady Creek Baptist.", "We go to [organisation 1]."),
        ("They have a nail shop, Golden Swan.", "They have a nail shop, [organisation 1]."),
        ("Dad works at the Kowalski farm.", "Dad works at the [organisation 1] farm."),
        ("There is a band called Rusty Spoons.", "There is a band called [organisation 1]."),
        ("She drives to Brezno twice a week.", "She drives to [place 1] twice a week."),
        ("The bus stops on Magnolia Way.", "The bus stops on [street 1]."),
        ("Trabajo en la Panadería El Molino.", "Trabajo en la [organisation 1]."),
        ("Vivíamos en San Pascual del Monte.", "Vivíamos en [place 1]."),
        ("He went to Ridgeline Collegiate.", "He went to [school 1]."),
    ],
)  # fmt: skip
def test_a_name_of_a_place_goes_by_where_it_stands_or_how_it_ends(words, clean, talk):
    assert left_of(words, talk) == clean


@pytest.mark.parametrize(
    "words",
    [
        "We are in Advanced Algebra with him.",
        "I got it from Google Classroom.",
        "We moved here from New Mexico.",
        "She comes on Tuesdays and Thursdays.",
        "He is in Student Council, and in Special Education.",
        "We read about Martin Luther King.",
        "I work in English and in Canvas.",
        "We stay at home in Winter Break.",
        "They were at Costco and at Walmart.",
        "I was in First Grade then.",
    ],
)
def test_what_everybody_knows_stays_where_a_place_may_stand(words, talk):
    assert left_of(words, talk) == words


def test_who_is_named_like_a_place_stays_a_person(talk):
    said = "I asked Mayor Woods. I got it from Maria Hill."

    assert left_of(said, talk) == "I asked [adult 1]. I got it from [person 1]."


@pytest.mark.parametrize(
    ("words", "clean"),
    [
        ("i used to go to roosevelt", "i used to go to [school 1]"),
        ("we are from Northside.", "we are from [school 1]."),
        ("it is right by willow fork there", "it is right by [place 1] there"),
        ("she prays at mount olivet", "she prays at [place 1]"),
        ("we live on cedar and third", "we live on [street 1]"),
    ],
)
def test_places_in_small_letters_go_by_their_cue(words, clean, talk):
    assert left_of(words, talk) == clean


@pytest.mark.parametrize(
    "words",
    [
        "he is a saint and he helps us",
        "i jumped over the hills",
        "first and second period is math",
        "we made a grant proposal",
        "i go to the springs with my dad",
    ],
)
def test_ordinary_words_stay_in_small_letters(words, talk):
    assert left_of(words, talk) == words


def test_a_school_is_known_by_its_short_name_where_no_other_thing_has_it(talk):
    said = "I left Northside High School. I like Northside okay."

    assert left_of(said, talk) == "I left [school 1]. I like [school 1] okay."
    said = "I left Hope Academy. Hope is good."
    assert left_of(said, talk) == "I left [school 1]. Hope is good."


def test_mail_and_user_names_go_as_people_disguise_them(talk):
    said = "Write to ana_b (at) example (dot) org or to skylark#4471."

    assert left_of(said, talk) == "Write to [e-mail] or to [handle]."


def test_a_middle_school_is_no_title(talk):
    assert left_of("MS staff said so.", talk) == "MS staff said so."


@pytest.mark.parametrize(
    ("words", "clean"),
    [
        ("He is in 10th gr, Ridgeway HS.", "He is in 10th gr, [school 1]."),
        ("She left Ridgeway MS for that.", "She left [school 1] for that."),
        ("I do the flowers at Our Lady of Cebu.", "I do the flowers at [organisation 1]."),
        ("We pray at St. Dymphna's. Yes.", "We pray at [place 1]. Yes."),
        ("I like St. Gabriel's Ethiopian Fellowship.", "I like [organisation 1]."),
        ("He plays in the Westgate Warriors Youth League.", "He plays in the [organisation 1]."),
        ("We came from Shale City in May.", "We came from [place 1] in May."),
        ("It is at The Lantern Playhouse.", "It is at The [organisation 1]."),
        ("Meet at the Starbucks on Alder then.", "Meet at the Starbucks on [street 1] then."),
        ("Mis primos en Ojo Seco se ríen.", "Mis primos en [place 1] se ríen."),
        ("we met at the golden crane restaurant", "we met at the [organisation 1] restaurant"),
        ("she lives at river bend now", "she lives at [place 1] now"),
    ],
)  # fmt: skip
def test_places_with_a_clear_cue_go(words, clean, talk):
    assert left_of(words, talk) == clean


@pytest.mark.parametrize(
    "words",
    [
        "Graduated HS in May. We teach AP HS classes. Open MS Word. In HS we ran.",
        "We had no school on St. Patrick's Day, and it goes from St. Patrick's Day on.",
        "I like Kansas City. The City is big.",
        "We went to Target on Friday. Walmart on Black Friday. Target on Christmas.",
        "En Semana Santa no hay clases. Saqué diez en Ciencias Sociales.",
        "we stood at the big hill, at a steep hill, and sold it at the golden hour market",
        "the Ethiopian Fellowship and the American Market",
        "Now they will use Jupyter and VPython there, from Jupyter and VPython on.",
    ],
)
def test_feasts_brands_and_kinds_stay(words, talk):
    assert left_of(words, talk) == words
