"""Who said no in a table: heads about consent, and what an answer under them means."""

from __future__ import annotations

import re
from collections.abc import Sequence

from empathy_insights.readers.consent_answers import (
    NO,
    OPEN,
    OTHER,
    YES,
    is_not_asked,
    meaning,
    meaning_turned,
)

_SAID = (
    r"(?:answers?|responses?|words|comments?|replies|data|information|feedback|input|interview|"
    r"survey|story|stories|results|participation|respuestas?|palabras|comentarios|datos|entrevista|"
    r"informaci[oó]n|participaci[oó]n)"
)
_USE = r"(?:us(?:e|ed|ing)|shar(?:e|ed|ing)|includ(?:e|ed|ing)|quot(?:e|ed|ing)|publish(?:ed)?|analy[sz]ed?)"
_CONSENT = r"(?:consent(?:imiento)?|assent|permission|permiso|autorizaci[oó]n)"
_WHOSE = (
    r"(?:(?:informed|signed|written|parent(?:al|['’]?s)?|guardian['’]?s?|family|student['’]?s?|child['’]?s|"
    r"participant['’]?s?|research|study|survey|interview|irb|ethics|district|your|media|photo|audio|video|recording|"
    r"quot(?:e|ing)|and|or|su|tu|mi)\W+)*"
)
_THINGS = (
    r"(?:quot\w+|names?|photo\w*|pictures?|images?|video\w*|audio|recordings?|likeness|voice|"
    r"nombres?|fotos?|citas?)"
)
_TAKE_PART = (
    r"(?:(?:take part|taking part|participat(?:e|ing)|join|be (?:a )?part of|be included)(?:\W+in)?"
    r"(?:\W*$|\W*[(.?!,]|\W+this\W+(?:\w+\W+){0,2}?(?:interview|focus group|conversation)|"
    r"\W+(?:this|the|our|an?|your)\W+(?:\w+\W+){0,3}?(?:survey|study|research|questionnaire))|"
    r"(?:tak(?:e|ing)|do(?:ing)?|complet(?:e|ing)|answer(?:ing)?|fill(?:ing)?\W+(?:out|in))\W+(?:this|the|our)\W+"
    r"(?:\w+\W+){0,2}?(?:survey|questionnaire|interview)(?:\W*$|\W*[(.?!,]))"
)
_SUBJECT = (
    r"(?:^\W*|\b(?:i|you|we|parents?|guardians?|and|or)\W+)"
    r"(?:(?:\w+ly|hereby|have|has|do|does|can|will|would|am|are|also|understand|and|i|we)\W+){0,8}"
)
_OF_SAID = rf"(?:\w+\W+){{0,4}}?(?:{_SAID}|{_THINGS}|what you|what i)\b"
# Other languages: agreeing beside taking part, studies or answers; or alone.
_ELSEWHERE = (
    r"(?:concord\w+|aceit\w+|consent\w+|acceptez|accepter|autoris\w+|autoriz\w+|d['’]accord|einverstanden|stimm\w+|dakò|"
    r"aksepte|đồng ý|согласн\w*|zgadza\w*|pumapayag|sumasang-ayon)\b.*\b(?:particip\w+|estudo|pesquisa|respostas|étude|"
    r"enquête|réponses|teil\w+|studie|umfrage|antworten|patisipe|etid|tham gia|nghiên cứu|khảo sát|câu trả lời|участ\w+|"
    r"исследован\w+|udział\w*|badani\w+|lumahok|pag-aaral)\b|"
    r"^\W*(?:consentimento|consentement|einwilligung|konsantman|sự đồng ý|согласие|zgoda|pahintulot|同意書?|동의)\W*$|"
    r"同意.{0,8}(?:参加|參加|参与|參與)|(?:参加|參加|参与|參與).{0,6}同意|참여.{0,8}동의|أوافق|توافق"
)
# Spanish, in the words of forms: `¿Acepta que usemos sus respuestas?`, `Permiso de los padres`.
_USAR = r"(?:us(?:ar|amos|emos|e[ns]?|o)|utili[cz]\w+|compart\w+|inclu[iy]\w+|anali[cz]\w+|publi[cq]u?\w+|cit(?:ar|emos|en))"
_PERMISO = r"(?:permiso|consentimiento|asentimiento|autorizaci[oó]n)"
_SUYO = r"\b(?:sus?|tus?|mis?|nuestr[ao]s?|las|los|de)"
_FORMA = r"(?:carta|formulario|forma|hoja|papel(?:es)?)"
_SPANISH = (
    rf"\b(?:acept[aeo]s?|aceptan|permit[aeo]s?|permiten|autoriz[ao]s?|autorizan|de acuerdo|me gustaría|deja|dejas|"
    rf"(?:nos|le|les) (?:da|das|dan)\W+{_PERMISO})\b.{{0,60}}?\b{_USAR}\b.{{0,40}}?(?:lo que\b|{_SUYO}\W+(?:\w+\W+)?(?:{_SAID}|{_THINGS}|opini\w+))|"
    rf"\b(?:acept[aeo]s?|aceptan|de acuerdo|quier[eo]s?|quieren|dese[ao]s?|desean|gustaría|dispuest[oa]s?)\b.{{0,20}}?"
    r"\b(?:participar|formar parte|tomar parte)(?:\W*$|\W*[(.?!,]|\W+(?:en|de)\W+(?:est[ea]|la|el|nuestr[ao])\W+"
    r"(?:\w+\W+){0,2}?(?:encuesta|estudio|investigaci[oó]n|entrevista|proyecto|cuestionario|grupo focal|plática))|"
    rf"^\W*(?:firma\W+del?\W+(?:la\W+)?)?{_PERMISO}(?:\W+(?:del?|la|los|las|su|sus|y|o|para|informad[oa]|firmad[oa]|entregad[oa]|"
    r"recibid[oa]|dad[oa]|padres?|madres?|pap[aá]s?|mam[aá]s?|tutor(?:es|a)?|familias?|participar|uso|sí|no))*\W*$|"
    rf"\bfirm(?:[oó]|a|as|aste|aron|ad[oa])\W+(?:\w+\W+){{0,3}}?(?:{_PERMISO}|{_FORMA}\W+de\W+{_PERMISO})\b|"
    rf"^\W*{_FORMA}\W+de\W+{_PERMISO}\b|^\W*aviso de privacidad\W*$"
)
# English heads of what a parent signed: `Did your parents sign the permission form?`
_SIGNED = rf"\b(?:sign(?:ed)?|return(?:ed)?|turn(?:ed)? in|brought back)\W+(?:\w+\W+){{0,3}}?{_CONSENT}\b(?!.*\b(?:slip for|trip)\b)"
# What a parent signed, in a word or two: `Form signed?`, `Signed`, `Forms in`, `Parent OK?`, `Media release`.
_FORMS = r"(?:(?:the|a|your|their|his|her|our|this)\W+)?(?:(?:signed|parent(?:al|['’]?s)?|guardian['’]?s?|family|study|research)\W+)*(?:form|slip|waiver|letter)s?"
_WHO_SIGNS = r"(?:parents?|mom|mum|mother|dad|father|famil(?:y|ies)|guardians?|grown\W?ups?|adults?)"
_BRIEFLY = (
    rf"^\W*{_FORMS}\s*(?:\?|\W*y\W*n\W*)\s*$|^\W*{_FORMS}\W+(?:was\W+|is\W+|were\W+|been\W+)?(?:signed|returned|received|in|back|turned in|on file|y\W*n)\W*$|"
    rf"^\W*(?:signed|turned in|returned)\W*(?:{_FORMS}\W*)?(?:\W*\(?(?:y\W*n|yes\W*no)\)?)?\W*$|^\W*(?:do we have|got)\W+{_FORMS}\W*$|"
    rf"^\W*{_WHO_SIGNS}(?:['’]?s?)\W+(?:ok(?:ay)?s?|okayed|approv(?:al|es?|ed)|said yes|says? (?:yes|ok)|agrees?d?|sign(?:ed|ature)|yes)(?:\W+y\W*n)?\W*$|"
    rf"\b(?:did|has|have)\W+(?:(?:your|the|a|his|her|their|my|you|or)\W+)*(?:{_WHO_SIGNS}\W+(?:or\W+{_WHO_SIGNS}\W+)?)?"
    rf"(?:sign(?:ed)?|return(?:ed)?|turn(?:ed)? in|bring back|brought back)\W+{_FORMS}\W*$|"
    rf"^\W*my\W+{_WHO_SIGNS}\W+(?:signed\W+{_FORMS}|sa(?:id|ys?) (?:yes|ok(?:ay)?)|(?:is|are) ok(?:ay)? with (?:this|it))\W*$|"
    r"^\W*(?:se\W+)?firm(?:aron|[oó])\W+(?:la\W+|el\W+)?(?:hoja|carta|formulario|forma)\W*$|^\W*(?:hoja|carta|formulario|forma)\W+firmad[oa]\W*$"
)
_STUDY = r"(?:the|this|our|a|an)\W+(?:(?:research|interview|listening|school)\W+)?(?:study|project|research|survey|interviews?)"
_JOIN = (
    rf"\b(?:ok(?:ay)?|fine|comfortable|happy|willing|want|wish|like)\W+(?:(?:with|to|about|if)\W+)?(?:(?:you|we)\W+)?(?:be|being|are|taking|take)\W+(?:a\W+)?(?:part of|part in|in|included in)\W+{_STUDY}\W*$|"
    rf"\b(?:can|may|could|ok(?:ay)? (?:for|if)|all right (?:for|if)|thumbs up (?:to|for)|ok(?:ay)? to)\W+(?:(?:the|our|my|your)\W+)?(?:\w+\W+)?(?:teams?|researchers?|group|teachers?|we|us|share|sharing)\W+"
    r"(?:(?:to|can|may)\W+)?(?:(?:read|see|use|share|look at|hear)\W+(?:this|it|these|what (?:you|i)|(?:your|my)\W+(?:\w+\W+)?"
    rf"{_SAID})\b|with\W+(?:the|our)\W+(?:team|group|school|researchers)\W*$)"
)
# What is done with a row: `Include in analysis?`, `OK to use`; `Exclude from the report`.
_ANALYSIS = r"(?:(?:the|this|our|any|all)\W+)?(?:(?:final|data|survey|research)\W+)?(?:analys[ei]s|study|research|report(?:s|ing)?|results|data\W?(?:set)?|sample)"
_ROW = r"(?:(?:this|the)\W+)?(?:row|response|record|case|answers?|responses|participant|respondent)"
_YES_NO = r"(?:\W*\(?y(?:es)?\W*no?\)?)?\W*"
_IN_ANALYSIS = (
    rf"^\W*(?:ok(?:ay)?\W+to\W+)?(?:includ(?:e|ed)|us(?:e|ed)|keep|kept)\W+(?:{_ROW}\W+)?(?:in|for)\W+{_ANALYSIS}{_YES_NO}$|"
    rf"^\W*include(?:\W+{_ROW})?{_YES_NO}$|^\W*ok(?:ay)?\W+to\W+(?:use|include|share|analy[sz]e)(?:\W+{_ROW})?{_YES_NO}$"
)
_USED = r"(?:being\W+|to\W+be\W+)?(?:used|included|analy[sz]ed)"
_MY_SAID = rf"(?:my|your)\W+(?:\w+\W+)?{_SAID}"
_BE_USED = (
    rf"\b(?:agree|ok(?:ay)?|fine|comfortable|happy|willing|want|wish|like)\W+(?:(?:to|with|about)\W+)?(?:hav(?:e|ing)\W+)?{_MY_SAID}\W+{_USED}\b|"
    rf"\bwould\W+you\W+like\W+to\W+{_TAKE_PART}"
)
_ABOUT = re.compile(
    # A head that is short: `Parental consent (Y/N)`.
    rf"^\W*(?:(?:do we have|is there|has|have|got)\W+)?{_WHOSE}{_CONSENT}(?:\W+(?:forms?|slips?|letters?|given|obtained|received|"
    r"returned|signed|status|statement|granted|approved|verified|confirmed|complete|on\W+file|turned|handed|brought|collected|in|back|informado|y\W*n|yes\W*no))*(?:\W*\([^()]*\))?\W*$|"
    rf"^\W*{_WHOSE}(?:consent(?:imiento)?|assent)\W+(?:to|for|para)\b|"
    rf"^\W*{_WHOSE}(?:permission|permiso)\W+(?:to|for|para|de)\W+(?:{_TAKE_PART}|quote\b|record\b|{_OF_SAID}|(?:use|share|include|analy[sz]e)\W*$)|"
    # A sentence about whoever answers.
    rf"{_SUBJECT}(?:(?:consent|assent)(?:ed|s)?(?:\W*$|\W*[(.?!,]|\W+(?:to|that)\b)|"
    rf"(?:agreed?|accept|allow|permit)\W+(?:(?:that|to|us|for|let|you|we|may|can|have|the|researchers|research|team)\W+)*(?:{_TAKE_PART}|{_USE}\W+{_OF_SAID}|{_OF_SAID}\W+(?:\w+\W+){{0,2}}?be\b)|"
    rf"(?:want|wish|willing|would like)\W+to\W+{_TAKE_PART}|"
    rf"giv(?:e|es|en|ing)\W+(?:\w+\W+){{0,2}}?(?:consent|permission)\b(?:\W*$|\W*[(.?!,]|.*?(?:{_SAID}|{_THINGS}|"
    r"take part|participate|study|research|quote|record)))|"
    rf"\b(?:do|may)\W+we\W+have\W+(?:\w+\W+){{0,2}}?(?:consent|permission)|"
    rf"\b(?:may|can|could)\W+we\W+(?:\w+\W+){{0,2}}?(?:(?:{_USE}|record|contact|name)\W+(?:{_OF_SAID}|you\b))|"
    rf"\b(?:ok(?:ay)?|all right|fine|comfortable)\W+(?:if|for|with)\W+(?:us|we)\W+(?:\w+\W+){{0,2}}?{_USE}\W+{_OF_SAID}|"
    rf"\b(?:my|your)\W+(?:\w+\W+){{0,3}}?(?:{_SAID}|quotes?)\W+(?:may|can|could|to)\W+be\W+(?:\w+\W+)?{_USE}|"
    r"\b(?:da|das|doy|otorg[ao]s?)\W+(?:(?:usted|su|tu|mi)\W+)*(?:consentimiento|permiso|autorizaci[oó]n)\b|"
    rf"^\W*(?:usted\W+)?(?:consiento|consiente|autori[cz][oa]s?\b(?=.*(?:uso|usar|participa|{_SAID}|grab|cit)))|"
    r"^\W*(?:media|photo|video|image)\W+(?:release|waiver)(?:\W+(?:signed|form|y\W*n))*\W*$|"
    r"^\W*(?:for |in )?research\W+use(?:\W+(?:ok|allowed|permitted|y\W*n))?\W*$|"
    rf"{_ELSEWHERE}|{_SPANISH}|{_SIGNED}|{_BRIEFLY}|{_JOIN}|{_IN_ANALYSIS}|{_BE_USED}|"
    r"\bacept[ao]s?\W+participar\b|\bde acuerdo\W+(?:en|con)\W+participar\b|"
    rf"\bpodemos\W+(?:usar|citar|compartir|incluir)\W+(?:\w+\W+)?(?:{_SAID}|lo que)",
    re.IGNORECASE,
)
_ELSE = r"(?:e-?mail|mailing|newsletter|contact|messages?|photos?|video|test\w*|class|activit\w+)"
# A no to what comes later, or to what is none of the answers.
_LATER = re.compile(
    r"follow\W?up|contact|\bfuture\b|\bfurther\b|raffle|drawing|mailing|newsletter|"
    r"\b(?:an?|another|later|next)\W+(?:\w+\W+){0,2}(?:interview|focus group|conversation|meeting|"
    r"call|workshop|session)|contactar|entrevista de seguimiento",
    re.IGNORECASE,
)
_BETWEEN = (
    r"(?:\W+(?:of|my|your|his|her|their|the|direct|anonymous|any|an?|short|some|first|last|full|real|"
    r"from|child['’]?s|student['’]?s|audio|video|sus?|tus?|mis?|el|las?|los))*"
)
_USE_OF_A_THING = re.compile(
    rf"\b(?:{_USE}|{_USAR})\b{_BETWEEN}\W+{_THINGS}\b|"
    rf"\b{_THINGS}\W+(?:\w+\W+){{0,3}}?(?:may|can|to)?\W*be\W+{_USE}",
    re.IGNORECASE,
)
_LESS = re.compile(
    rf"\b(?:{_THINGS}|quot\w*|record\w*|media|taped?|identif\w*|named|cit(?:ar|ad[oa]s?)|grab\w+|publish\w*)\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\bus(?:e|ed|ing)\b|\bshar\w+|take part|participa\w*|\binclud\w+|analy\w+|\bstudy\b|research|"
    r"part of|\btake this\b|\b(?:usar|uso|usemos|usen|utilicemos|utilizar|compartir|compartamos|incluir|incluyamos)\b",
    re.IGNORECASE,
)
_MOSTLY = 0.5
_OF_PARENTS = re.compile(r"parent|guardian|famil|minor|padres?|tutor", re.IGNORECASE)
_MINE = rf"(?:me\b|my\W+(?:\w+\W+)?{_SAID}|your\W+(?:\w+\W+)?{_SAID}|this|mis\W+{_SAID}|sus\W+{_SAID})"
_TAKE_OUT = (
    rf"\W*(?:please\W+)?(?:leave|take|keep)\W+{_MINE}\W+(?:out|private|to (?:myself|yourself))\b(?!.*\b{_ELSE}).*|"
    rf"\W*(?:please\W+)?(?:withdraw|delete|remove|exclude|erase|discard)\W+{_MINE}.*|"
    rf"\W*(?:should|shall|do you want|would you like|want)\W+(?:us|we)\W+(?:to\W+)?(?:leave|delete|remove|withdraw|take|erase|keep)\W+{_MINE}.*|"
    rf"\W*(?:i|(?:do|would)\W+you)\W+(?:want|would like|wish|prefer|like)\W+(?:to\W+be|{_MINE}\W+(?:to\W+be\W+)?)\W*(?:left out|deleted|removed|withdrawn|excluded|kept private|private|taken out)\b"
    rf"(?!\W+of\W+(?!{_STUDY})).*|"
    rf"\W*(?:my\W+|your\W+)?{_WHO_SIGNS}\W+(?:said|says?|say)\W+no\W*|"
    rf"\W*(?:quiero|deseo|prefiero)\W+(?:que\W+)?(?:no\W+(?:usen|se usen)|retirar|borr(?:ar|en)|quit(?:ar|en)|elimin(?:ar|en))\W+{_MINE}.*"
)
# Where a yes takes the answers back.
_REVERSED = re.compile(
    rf"{_TAKE_OUT}|"
    rf"\W*(?:(?:(?:do|would)\W+you|i)\W+(?:want|wish|like|choose|would like|prefer)\W+to\W+)?"
    rf"(?:opt(?:ing)?\W?out|withdraw)\b(?:\W+(?:of|from)\b(?!.*\b{_ELSE}).*)?\W*|"
    rf"\W*(?:i\W+)?(?:declin\w+|refus\w+)\W+(?:to\W+)?(?:consent|participat\w+|take part)\b.*|"
    rf"\W*(?:please\W+)?(?:(?:do not|don['’]?t)\W+(?:use|include|share)|exclude|delete|remove)\W+"
    rf"(?:me\b(?!\w)|my\W+(?:\w+\W+)?{_SAID}\b).*|"
    rf"\W*(?:please\W+)?(?:do not|don['’]?t)\W+(?:use|include|share|analy[sz]e|publish|count)(?:\W+(?:this|these|{_ROW}))?"
    rf"(?:\W+(?:in|for)\W+{_ANALYSIS})?{_YES_NO}|\W*(?:please\W+)?exclude(?:\W+{_ROW})?{_YES_NO}|"
    rf"\W*(?:please\W+)?(?:exclud|omit|remov|dropp?|left\W+out|leave\W+out|withh[eo]ld)(?:e?d|ted|e)?(?:\W+{_ROW})?\W+(?:from|of)\W+{_ANALYSIS}{_YES_NO}|"
    rf"\W*(?:withdr(?:awn|ew|awal)(?:\W+{_CONSENT})?|{_WHOSE}{_CONSENT}\W+(?:(?:was|is|has\W+been)\W+)?(?:withdrawn|revoked|rescinded|denied|declined|refused)|"
    rf"opted\W+out|opt\W?out){_YES_NO}|"
    rf"\W*if\W+you\W+(?:do\W+not|don['’]?t|would\W+(?:rather|prefer)\W+not|prefer\W+not)\b(?=.*\b(?:{_SAID}|study|research|consent)\b)"
    rf".*\b(?:{_USE}|consent|take part|participate)\b.*\b(?:check|tick|mark|select|click|initial|type|write|put|choose)\b.*|"
    rf"\W*(?:please\W+)?(?:check|tick|mark|select|click)\b.{{0,20}}?\bto\W+(?:opt\W?out\b(?!.*\b{_ELSE})|withdraw\W+{_MINE}|be\W+(?:left out|excluded)\W+(?:of|from)\W+{_STUDY}|"
    rf"have\W+{_MINE}\W+(?:left out|excluded|removed|deleted|withdrawn)).*|"
    r"\W*(?:please\W+)?(?:check|tick|mark|select)\b.{0,20}?\bif\W+you\W+(?:do\W+not|don['’]?t)\b.*"
    rf"\b(?:{_USE}|consent|agree|take part|participate)\b.*|"
    r"\W*i\W+(?:do\W+not|don['’]?t)\W+(?:want|wish|consent|agree|give|authori[sz]e)\b.*"
    rf"\b(?:{_USE}|consent|agree|take part|participate)\b.*|"
    rf"\W*no\W+(?:quiero|deseo|acepto|autorizo|permito|doy|estoy)\b.*\b(?:{_USAR}|participar|{_PERMISO})\b.*|"
    rf"\W*(?:do|would)\W+you\W+(?:object|mind)\b.*\b{_USE}\W+(?:\w+\W+){{0,3}}{_SAID}.*",
    re.IGNORECASE,
)
# Where a no stands among other things: `Status` is Complete, Partial or Withdrawn.
_OF_STATUS = re.compile(
    r"\W*(?:(?:participants?|participation|respondent|response|record|row|case|study|research|survey|interview)\W+)?status\W*",
    re.IGNORECASE,
)
_IS_OUT = re.compile(
    rf"\W*(?:(?:participant|parent|guardian|student|family|s?he|they)\W+)?(?:(?:has|was|is)\W+)?(?:withdr\w+|opt(?:ed|s)?\W?out|declined|refus(?:ed|al)|revoked|rescinded|"
    rf"excluded?|(?:do not|don['’]?t)\W+(?:use|include|share)|no(?:t)?\W+{_CONSENT}(?:ed)?|{_CONSENT}\W+(?:withdrawn|revoked|denied|declined|refused))\b(?!\W+from\W+(?:class|school))",
    re.IGNORECASE,
)


def is_about_consent(head: str) -> bool:
    """Return whether a head asks whether answers may be used at all.

    Examples
    --------
    >>> is_about_consent("Do you consent to take part?"), is_about_consent("May we quote you?")
    (True, False)
    >>> is_about_consent("Do you need permission to leave class?")
    False
    """
    asked = _asked(head)
    if _REVERSED.fullmatch(asked) or _OF_STATUS.fullmatch(asked):
        return True
    if _ABOUT.search(asked) is None or _LATER.search(asked):
        return False
    rest = _USE_OF_A_THING.sub(" quote ", asked)
    return _LESS.search(rest) is None or _ALL.search(rest) is not None


def is_about_less(head: str) -> bool:
    """Return whether a head asks whether somebody may be quoted, named or recorded.

    Examples
    --------
    >>> is_about_less("May we quote you?"), is_about_less("May we use quotes from your answers?")
    (True, True)
    """
    asked = _asked(head)
    is_asked = _ABOUT.search(asked) is not None and not _LATER.search(asked)
    return is_asked and not is_about_consent(head)


_HINT = re.compile(
    r"\b(?:answers|responses|analysis|study|research|(?:this|our) project|forms?|slips?|sign(?:ed|ature)?|waiver|release|share|leave\b.*\bout|"
    r"left out|permission|consent\w*|assent|respuestas|estudio|firm\w+|permiso|consentimiento)\b",
    re.IGNORECASE,
)
_SHORT = 3


def may_be_consent(head: str, answers: Sequence[str]) -> bool:
    """Return whether a column that was not taken for one about consent may be one.

    Examples
    --------
    >>> may_be_consent("Paper form?", ["yes", "no", ""]), may_be_consent("Do you like math?", ["yes", "no"])
    (True, False)
    """
    asked = _asked(head)
    if _HINT.search(asked) is None or is_about_consent(asked) or is_about_less(asked):
        return False
    told = [one for one in answers if one.strip()]
    return bool(told) and all(
        len(one.split()) <= _SHORT and meaning(one) in (YES, NO, OPEN) for one in told
    )


def consent_said(head: str, answer: str) -> str:
    """Return what an answer to what a head asks says of the use of the answers.

    Returns
    -------
    str
        As `meaning`: `yes`, `no`, `open`, `other`, or empty for nothing.

    Examples
    --------
    >>> consent_said("Consent", "pending"), consent_said("Parental consent", "n/a")
    ('open', '')
    >>> consent_said("Opt out of this study?", "yes"), consent_said("Consent", "declined")
    ('no', 'no')
    """
    asked = _asked(head)
    if _OF_STATUS.fullmatch(asked):
        return NO if _IS_OUT.match(answer) else ""
    if _REVERSED.fullmatch(asked):
        is_label = _REVERSED.fullmatch(_asked(answer)) is not None  # of the box
        return NO if is_label else meaning_turned(answer)
    if is_not_asked(answer) and _OF_PARENTS.search(head):
        return ""
    return meaning(answer)


def all_said(head: str, answers: Sequence[str]) -> list[str]:
    """Return what each answer of a column says; where most answer, what else stands is open.

    Examples
    --------
    >>> all_said("Consent", ["yes", "ask Kim", "yes", "", "Form A"])
    ['yes', 'open', 'yes', '', 'open']
    >>> all_said("Consent form", ["Form A", "Form B", "no"])
    ['other', 'other', 'no']
    """
    said = [consent_said(head, answer) for answer in answers]
    n_clear, n = sum(one in (YES, NO, OPEN) for one in said), sum(map(bool, said))
    if n_clear <= _MOSTLY * n:
        return said
    return [OPEN if one == OTHER else one for one in said]


def _asked(head: str) -> str:
    return " ".join(head.replace("_", " ").split())
