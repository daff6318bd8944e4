"""The words that tell names from other capitalised words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import resources

from empathy_insights.lexicon import dictionary_of

_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013"), "-")


def folded(text: str) -> str:
    """Return the text without accents, with plain apostrophes and hyphens, case kept.

    Examples
    --------
    >>> folded("Hernández’s"), folded("K–8")
    ("Hernandez's", 'K-8')
    """
    text = text.replace("’", "'")
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFD", text.translate(_HYPHENS))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@cache
def given_names() -> frozenset[str]:
    """Return common given names that are no English words, folded."""
    return frozenset(map(folded, _lines("given_names.txt")))


@cache
def names_that_are_words() -> frozenset[str]:
    """Return names that are also words, months, places or brands, in lower case."""
    return frozenset(_lines("names_that_are_words.txt"))


@cache
def given_names_that_are_words() -> frozenset[str]:
    """Return given names that only their place in a sentence tells from words."""
    return frozenset(_lines("given_names_that_are_words.txt"))


@cache
def surnames() -> frozenset[str]:
    """Return frequent surnames."""
    return frozenset(_lines("surnames.txt"))


def is_listed_name(name: str) -> bool:
    """Return whether a list has a name as it is written: given, perhaps a word, or a surname.

    Examples
    --------
    >>> is_listed_name("Hope"), is_listed_name("hope"), is_listed_name("Garcia")
    (True, False, True)
    """
    lists = given_names(), given_names_that_are_words(), surnames()
    return any(name in names for names in lists)


@cache
def allowed_phrases() -> frozenset[str]:
    """Return names of products, works, peoples and the like that identify nobody."""
    return frozenset(map(folded, _lines("allowed.txt")))


@cache
def allowed_in_small() -> frozenset[str]:
    """Return the same phrases in small letters, as who writes no apostrophes writes them."""
    return frozenset(one.replace("'", "").lower() for one in allowed_phrases())


@cache
def function_words() -> frozenset[str]:
    """Return words that only a sentence's start or emphasis capitalises.

    Who writes no apostrophes writes `whats` and `dont`.

    Examples
    --------
    >>> {"what's", "whats"} <= function_words()
    True
    """
    words = _lines("function_words.txt")
    return frozenset([*words, *(word.replace("'", "") for word in words)])


@cache
def is_english_word(word: str) -> bool:
    """Return whether a dictionary knows the word."""
    from simplemma import is_known

    low = word.lower()
    endings = ("s", "es", "ed", "ing", "ly", "er")
    stems = (low.removesuffix(ending) for ending in endings if len(low) > 4)
    return any(is_known(form, lang="en") for form in (low, *stems))


@cache
def english() -> Mapping[str, str]:
    from simplemma.strategies.dictionaries import dictionary_factory

    return dictionary_factory.DEFAULT_DICTIONARY_FACTORY.get_dictionary("en")


def is_common_word(low: str) -> bool:
    """Return whether a dictionary has the word in small letters, so not only as a name.

    Examples
    --------
    >>> is_common_word("book"), is_common_word("hughes")
    (True, False)
    """
    return low in english()


def is_deed(low: str) -> bool:
    """Return whether a word is what somebody does: grading, not Sterling.

    Examples
    --------
    >>> is_deed("grading"), is_deed("planning"), is_deed("sterling")
    (True, True, False)
    """
    stem = low.removesuffix("ing")
    if stem == low or len(stem) < 3:
        return False
    once = stem[:-1] if stem[-1] == stem[-2] else stem
    return any(is_common_word(verb) for verb in (stem, f"{stem}e", once))


def is_shouted_word(word: str) -> bool:
    """Tell the words of a heading in capitals from names.

    Examples
    --------
    >>> is_shouted_word("FOCUS"), is_shouted_word("OKAFOR"), is_shouted_word("GRACE")
    (True, False, False)
    """
    named = word.title()
    is_name = named in given_names() or named in surnames()
    return (
        len(word) > 1
        and word.isupper()
        and is_common_word(word.lower())
        and not is_name
    )


@cache
def is_spanish_word(low: str) -> bool:
    """Return whether a Spanish dictionary has the word, with an accent or without."""
    accented = (
        low[:at] + _ACCENTS[letter] + low[at + 1 :]
        for at, letter in enumerate(low)
        if letter in _ACCENTS
    )
    known = dictionary_of("es")
    return low in known or any(word in known for word in accented)


_ACCENTS = dict(zip("aeioun", "áéíóúñ", strict=True))


def _lines(name: str) -> list[str]:
    source = resources.files("empathy_insights.identities") / "data" / name
    lines = source.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(words.split())


TITLES = word_set(
    "Mr Mrs Ms Miss Mx Dr Coach Principal Prof Professor Señor Señora Señorita Senor "
    "Senora Senorita Sra Srta Fr Officer Nurse Superintendent Dean Counselor Pastor Rev "
    "Reverend Sister Brother Father Aunt Auntie Uncle Tía Tia Tío Tio Grandma Grandpa "
    "Granny Nana Abuela Abuelo Madame Monsieur Mme Sensei Deputy Director Lola Lolo "
    "Mister Missus Don Doña Dona Profe Profa Profesor Profesora Maestra Maestro Lic "
    "Licenciado Licenciada Ingeniero Tita Tito Ate Kuya Madrina Padrino Comadre Compadre "
    "Representative Provost Councilwoman Councilman Councilmember Congresswoman "
    "Congressman Assemblywoman Assemblyman Alderwoman Alderman Senator Governor Mayor "
    "Judge Trustee Commissioner Chancellor Sergeant Lieutenant Sgt Lt Capt Cpl Ofc Supt"
)
LOWER_TITLES = word_set(
    "mr mrs ms dr coach principal professor señora senora sra officer nurse aunt "
    "auntie uncle tía tia tío tio grandma grandpa miss mister don doña profe profesor "
    "profesora maestra maestro licenciado licenciada señorita srta sr pastor deacon "
    "reverend doctor señor senor doctora directora ingeniera missus"
)
FAMILY_TITLES = word_set(
    "aunt auntie uncle tía tia tío tio grandma grandpa granny nana abuela abuelo "
    "sister brother father"
)
ROLE_OF_TITLE = {"principal": "school_leader", "superintendent": "network_leader"}
KIN = word_set(
    "friend friends bestfriend bestie homie buddy son daughter brother sister cousin "
    "kid boy girl baby mom dad mother father mama papa uncle aunt husband wife partner "
    "boyfriend girlfriend classmate roommate teammate neighbor teacher counselor "
    "tutor aide secretary custodian janitor librarian nephew niece grandson "
    "granddaughter stepdad stepmom stepbrother stepsister godmother grandmother "
    "grandfather student guy lady man woman girl twin fiancé paraprofessional para "
    "interpreter driver intern hijo hija hermano hermana primo prima vecino vecina "
    "cuñado cuñada cunado cunada amigo amiga niño niña nino nina esposo esposa novio novia "
    "sobrino sobrina nieto nieta comadre compadre cuñis maestra maestro abuela abuelo "
    "abuelita abuelito tía tío tia tio grandma grandpa granny auntie bro sis cuz bff "
    "stepmother stepfather stepson stepdaughter stepbro stepsis godson goddaughter godbrother "
    "godsister granddaddy granddad grandbaby nanny babysitter tonton nibling"
)


def is_kin(low: str) -> bool:
    """Return whether a word is a relative, a friend or a part in a school, or several.

    Examples
    --------
    >>> is_kin("brother"), is_kin("boys"), is_kin("bus")
    (True, True, False)
    """
    return low in KIN or low.removesuffix("s") in KIN


PETS = word_set(
    "dog puppy pup hound cat kitten hamster bird parrot lizard gecko snake fish turtle tortoise "
    "horse pony rabbit bunny hedgehog rooster hen goat perro perra perrito perrita gato gata "
    "gatito gatita gallo loro tortuga caballo conejo"
)
NAMING = word_set("named called llama llamo llaman llamaba dicen decimos decían")
CALLED_THINGS = word_set(
    "company language game app tool program thing things place site website concept book "
    "movie show song framework library product team group class course software platform "
    "project service event festival band studio shop store restaurant crew farm church"
)
GREETINGS = word_set(
    "thanks thank you hi hey hello okay ok yeah so well bye sorry alright right "
    "welcome yes no listen wait sure great good morning"
)
HUMAN_VERBS = word_set(
    "said says told tells asked asks goes cried cries laughed laughs sits sat thinks "
    "thought likes liked loves loved wants wanted knows knew wrote writes lives lived "
    "taught teaches talks talked explained explains forgot forgets moved fixed called "
    "calls asked answered wears wore plays played sings drew draws drives drove sleeps "
    "slept helped helps came left won finished started tried tries showed hates hated "
    "asks begged borrowed bought broke brings builds built buys calls cares chose coaches "
    "complained cooks dances danced dropped eats ate emailed failed fell flew found "
    "graduated grew handed hears heard hid hit hugged hurt interrupted invited joined "
    "jumped knows laughed learned learns led lied listens listened loses lost met "
    "missed nodded paid passed picks picked points pointed promised quit quits raised "
    "rides rode runs saw screamed seems sells sent shared shouted shows signed sold "
    "spent stands stood stole struggled struggles studied studies swam swims swore "
    "teases texted texts threw transferred travels understood understands visits "
    "visited waited waits wakes watched watches whispered wins woke works worked worries "
    "worried yelled yells "
    "got gets gave took brought told and who sounds went stopped translated never "
    "always spoke speaks smiled stayed stays read reads ran walks walked feels felt"
)
DEEDS = HUMAN_VERBS - {"and", "who"}
NOT_AFTER_NAME = word_set(
    "shoes shoe sneakers jersey jerseys period periods garden bush street avenue road "
    "your my his her their our the this that these those it you we they i he she me a "
    "an any some every up off down out questions answers test tests school vacation "
    "break program camp bank card food us them him to for of on in with at by from"
)
NO_PLACE_NAME = word_set(
    "high middle elementary public private charter boarding sunday summer saturday "
    "night zoom home online virtual law grad graduate medical trade vocational "
    "alternative preschool nursery junior senior primary district magnet school "
    "catholic christian black white american african asian college lower upper new "
    "golden little lady varsity philadelphia detroit chicago boston atlanta "
    "carolina baltimore seattle cincinnati houston dallas denver oakland minnesota "
    "miami jacksonville orleans england arizona memphis milwaukee pittsburgh "
    "phoenix wall sesame main"
)
# After whom schools are called everywhere, by one word: `over at Roosevelt`.
SCHOOL_NAMES = word_set(
    "adams carver chavez cleveland douglass edison eisenhower emerson fillmore franklin "
    "garfield grant hamilton harding harrison hayes hawthorne hoover horizon huerta jackson "
    "jefferson kennedy lincoln longfellow mckinley monroe northside southside eastside "
    "westside northgate westgate eastgate southgate pierce polk pulaski roosevelt taft truman "
    "tubman webster whitman whittier wilson"
)
OF_SCHOOLS = re.compile(
    r"\s+(?:(?:senior |junior )?high|middle|elementary|primary|prep|charter|academy|"
    r"preparatory|montessori)?(?: school)?$", re.IGNORECASE,
)  # fmt: skip
MONTHS = word_set(
    "january february march april may june july august september october november "
    "december jan feb mar apr jun jul aug sep sept oct nov dec"
)
OF_MANY = word_set(
    "album albums arena championship coach concert fans game games jersey logo music player "
    "players record roster score season show song songs stadium team tour"
)
BEFORE_MONTH = word_set(
    "in last this next of by until since early late mid during every through till "
    "about before after end from"
)
MOVES = word_set(
    "move moved moving went go going drive drove flew trip travel back come"
)
PLACE_BEFORE = word_set(
    "San Santa Los Las St Saint New Mount Mt Lake Fort Puerto Port El North South East "
    "West Upper Lower"
)
AUXILIARIES = word_set(
    "is isn't was wasn't has hasn't had hadn't does doesn't did didn't don't can can't "
    "could couldn't will won't would wouldn't makes made just also still lets let means "
    "keeps kept says wants needs needed gave gives took takes put puts used uses"
)
STANDS_BARE = MONTHS | word_set(
    "hope faith joy grace summer spring autumn winter will love destiny justice harmony "
    "dawn art music price law honey cash charity patience mercy liberty freedom peace "
    "glory heaven paris london austin brooklyn jordan georgia virginia carolina "
    "florida asia india kenya savannah chelsea dallas houston denver phoenix "
    "memphis orlando milan lincoln jackson madison washington cleveland columbus hudson "
    "england ireland holland boston rich young gay black brown white green gray grey "
    "long short small little wise sharp strong early ginger sage basil rosemary olive "
    "pepper rice bacon curry wine brandy coral ivory jade amber pearl velvet silver gold "
    "diamond crystal sunshine snow rain storm fog easter noel christian merry blessing "
    "pat bill rob drew chase mark grant hunt page rush trace wade skip chance major "
    "minor senior junior jesus god heath forest sunny rocky stormy rusty sandy dusty"
)
OFFICES = word_set(
    "chair chairman chairwoman chairperson minister ministers prime secretary president "
    "vice mayor senator governor commissioner councillor councilor councilman "
    "councilwoman committee treasurer ambassador chancellor congressman congresswoman "
    "representative trustee trustees board member members speaker parliament senate "
    "congress government cabinet council councilmember alderman alderwoman provost "
    "assemblyman assemblywoman moderator clerk attorney judge justice justices "
    "editor producer engineer engineers manager managers ceo cto cfo founder owner "
    "reporter bishop general sergeant captain colonel lieutenant university college"
)
SPEAKING_VERBS = word_set(
    "said told asked cried laughed yelled whispered thinks thought knows helped hates "
    "loves likes wants says asks cries laughs screamed smiled hugged uses got plays sings "
    "eats forgot"
)
NOT_SOMEBODY = word_set(
    "everybody everyone someone somebody nobody one mom dad mother father grandma grandpa "
    "teacher student principal counselor coach nurse doctor dude bro man woman boy girl "
    "kid guy lady class school group family staff admin administration person people "
    "security office police officer dean sub substitute driver company it that this what "
    "who which whoever neither either each other another research data evidence history "
    "science society culture technology experience nature legend management leadership "
    "parent whatever basically already finally then only still usually probably never"
)
# Given names that the dictionary of English has in small letters, and nobody says as words.
NEVER_WORDS = word_set(
    "abe addy alexander alivia aliyah angela angelica anna annalise ariel aryan ayah azalea "
    "bailey barney barry beau ben beryl billy blair blake bobby brad brian brock brooke "
    "brooklyn cade calliope carl carol caroline carter celeste chad charlee cindy clarence "
    "clement clint clive colin colleen cooper corrie curt dahlia dalton dave deb "
    "derrick dexter diane dieter ebony eddy emery enoch essie ester fae felicity fletcher "
    "fritz gabby galen garret gaston gemma gregg griffin gunner hamza harley harper harry "
    "heather hector henry holden hosanna iggy iman jace jackson jake jalen jana jared "
    "jasmin jasmine jasper jeff jenna jenny jerome jess jill jimmy joe joey john jordan "
    "jose josef josh julia juniper kami kane karim kat kelvin ken kev kip kirk kobe "
    "kora lance laney lars laura layne leighton liana lily lisa lulu madison malik marc "
    "marcel marge maria marquis martin mason matt maya meg merlin mick mickey mike mina "
    "ming missy mitch molly morgan nash neal nelson nick noa noel ollie paisley parker "
    "patricia paula perry peter phoebe piper quin quinn ralph randy reagan reem reese rey "
    "rhea rhonda rick rima roger ross rowan ruth sabra sally sam samia sammy sandra "
    "savannah sawyer sean shay shelly sienna solomon sonny sophie spencer stella stephanie "
    "stetson steve steven tammy tanner tara tate ted terra terry thatcher timothy "
    "tod tom tommy tony tori trey tucker vada vera veronica victor victoria vince wade "
    "wally walter warren willie yuri"
)
# Two letters that people are called by, and that are short for nothing else in schools.
LETTER_NAMES = word_set("aj cj jj kj lj tj")
DETERMINERS = word_set("the a an this that these those each every our no some any what")
