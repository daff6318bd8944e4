"""Where words are Spanish, and which words of Spanish are names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from empathy_insights.identities._vocabulary import (
    folded,
    given_names,
    is_english_word,
    is_spanish_word,
    surnames,
    word_set,
)
from empathy_insights.identities._word_spans import Word


def speaks_spanish(tokens: Sequence[Word]) -> bool:
    """Return whether the small words of a text are rather Spanish."""
    return sum(token.low in _SPANISH for token in tokens) * 8 > len(tokens)


_SPANISH = word_set(
    "el la los las que y mi es en un una por con se le lo su del al para de pero muy más mas "
    "porque cuando está esta esto hay nos mucha muchas mucho muchos bien todo todos ya sí aquí "
    "aqui ahí ahi también tambien nadie nada cómo como qué quién donde dónde pues gracias tengo "
    "tiene tienen están les nomás nomas"
)


def is_spanish_name(token: Word) -> bool:
    """Return whether a word of Spanish is rather a name: `luz`, not `llora`."""
    name = token.word.title()
    return token.low not in NO_SPANISH_NAME and (
        name in given_names() or name in surnames()
    )


def is_said_in_spanish(
    tokens: Sequence[Word], at: int, *, is_anybodys: bool = False
) -> bool:
    """Return whether a word is what Spanish says where it could be a name: `Ella llora`.

    Only what opens a sentence or is written small: `con Ella` is a name. Where somebody is
    called so (`is_anybodys`), only words count that are said every day: `ella`, not `amara`.
    """
    token = tokens[at]
    if token.low not in (EVERYDAY_SPANISH if is_anybodys else NO_SPANISH_NAME):
        return False
    if not (token.word.islower() or token.starts_sentence):
        return False
    after = tokens[at + 1 : at + 4]
    if token.is_titled and after and after[0].is_titled and after[0].gap == " ":
        return False  # a surname follows
    return speaks_spanish(tokens[max(0, at - 8) : at + 8]) or any(
        word.word.islower()
        and is_spanish_word(word.low)
        and not (is_english_word(word.low) or is_spanish_name(word))
        for word in after
    )


def is_small_in_spanish(tokens: Sequence[Word], at: int) -> bool:
    """Return whether a word in small letters is one of Spanish, as its writer has capitals.

    `El vestido rosa` is no Rosa's, and `mi hija rosa` may be.
    """
    token, before = tokens[at], tokens[at - 1].low if at else ""
    return (
        token.word.islower()
        and is_spanish_word(token.low)
        and before not in SPANISH_BEFORE
        and speaks_spanish(tokens[max(0, at - 16) : at + 16])
    )


def opens_as_spanish_does(tokens: Sequence[Word], at: int, *, is_spanish: bool) -> bool:
    """Return whether a word opens a sentence as no name does: `Pedirle permiso`, `Ándale`.

    `is_spanish` says whether the whole text is rather Spanish.
    """
    token = tokens[at]
    if not token.starts_sentence or folded(token.word) in given_names():
        return is_said_in_spanish(tokens, at)
    is_word = token.low in _CRIES or _VERB.fullmatch(token.low) is not None
    return is_word or (is_spanish and is_spanish_word(token.low))


_VERB = re.compile(
    r"[^\W\d_]{3,}(?:ar|er|ir|ando|iendo|ándo|iéndo)(?:me|te|se|les?|l[oa]s?|nos){1,2}"
)
_CRIES = word_set(
    "ajá ándale andale ánda híjole hijole guácala guacala órale orale fíjese fijese fíjate fijate "
    "oiga óigame mire mija mijo nombre úchale uy ay híjoles siii siiii sii nomás nomas pos ojalá "
    "ojala ándele andele digo dígame haga ahorita luego imagínese imaginese"
)

# What announces a name in Spanish, whatever the sentence around it is.
SPANISH_BEFORE = word_set(
    "llama llamo llaman llamaba hijo hija hermano hermana primo prima vecino vecina cuñado "
    "cuñada cunado cunada amigo amiga niño niña nino nina esposo esposa novio novia sobrino "
    "sobrina nieto nieta comadre compadre cuñis maestra maestro abuela abuelo abuelita "
    "abuelito tía tío tia tio señora senora señorita sra srta sr don doña profe profesor "
    "profesora licenciado licenciada mama papa padre"
)
# Words of Spanish that the lists of names hold, too, and nobody hears as names.
NO_SPANISH_NAME = word_set(
    "aba ada adi adia adora aga aja alisa alista alta amada amado amando amara anas anda "
    "anis anunciacion aran arcan arden asa asad ase asir asila asma asman asta aya bagas bala "
    "baltas banara bancar bao bebe bello benigna benigno bienvenida bisar bobo bonita brinda "
    "bueno caga calla callan capa cate cates caton cavad cenan cha chaman chau che chiquita "
    "chiquito chita cierra cinta colman colpan consuela conte crean crina curran custodia dan "
    "daria dejan del delicia dever devine devore dias digna dita don dono draga durante duran "
    "edita efe ella ene enes eral esta este estera estes evangelista felicidad felicita "
    "felicitas fien fonda forman franca fugen fuma gallego ganda gandi gaye goma grande greca "
    "greco habil hagan halle han harto hedi helan hines honora hui huia husmen huy huyen "
    "iluminada infante jamar jame lamine le lee leal limar liman limon linda linde loma luce "
    "mala malle maman manan manda martirio masar mato mella mello milla mira miran mirona mitica "
    "modesta mona monis monja monte morena muia musa nacer nacio nada nades naide negro nena "
    "neta neva noble noma nona nula oda ola ole olen omina ora oren oto ove palmer panca pape "
    "partida pasa pastora pero pio placido plante primitiva purificacion racha rada rae rama "
    "ramadan rana randa reine reta reza rian rica rico rio risa riza rojo ronda roza rua "
    "sal sali salud santa santo seda segura segundo sena serena sian sinica sona sonad su suber "
    "tarda tasar tecla tejas tierra tilda tira toma tomo toro traian trena tunar uma una uno "
    "urbano vahar valle van veda veis vello venable venera verde veta viva vivan zafar "
    "zafir zaraza"
)
EVERYDAY_SPANISH = word_set(
    "anda bebe bonita bueno calla callan chiquita chiquito cierra dan del don durante ella esta "
    "este grande han harto lee manda mira miran nacer nacio nada pasa pero primitiva rica rico rio "
    "risa rojo salud segundo segura su tarda tierra tira toma tomo una uno van verde viva vivan"
)
