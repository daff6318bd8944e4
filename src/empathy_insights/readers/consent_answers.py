"""What an answer to a question about consent means: a yes, a no, or neither."""

from __future__ import annotations

import re

YES, NO, OPEN, OTHER = "yes", "no", "open", "other"
_ANY = re.IGNORECASE | re.DOTALL

_NO = re.compile(
    r"\W*(?:no|n|nope|nah|false|0|not|never|none|declin\w+|refus\w+|withdr\w+|revoked|disagree\w*|denied|"
    r"opt(?:ed|ing)?\W?out|(?:please\W+)?(?:do not|don['’]?t)|unchecked|rescind\w*|rejected|object(?:s|ed)|"
    r"(?:i|we)['’]?(?:\W+(?:strongly|really|respectfully))?\W*(?:do not|don['’]?t|did not|didn['’]?t|would not|"
    r"would rather not|wouldn['’]?t|['’]?d rather not|will not|won['’]?t|can ?not|can['’]?t|am not|['’]?m not|"
    r"prefer not|declin\w+|disagree|refus\w+|withdr\w+)|prefer not to|excluded?|remove(?:d| me)|"
    r"left the (?:study|research|project)|dropped out|"
    r"(?:(?:the|her|his|my|their|our) )?(?:parents?|mom|mum|mother|dad|father|family|guardian|student|s?he|they)\W+(?:has |have )?(?:sa(?:id|ys?) no\b|declined|refused|"
    r"withdrew|opted out)|(?:la |el |su )?(?:mam[aá]|pap[aá]|madre|padre|familia|tutora?) (?:dijo|dice) que no|👎|ya\W+no|mejor\W+no|prefier[eo]n?\W+(?:que\W+)?no|nunca|"
    r"sin\W+(?:permiso|consentimiento|autorizaci[oó]n|firma\w*)|se\W+sali[oó]|rechaz\w+|niego|retir(?:ad[oa]|ó|é)|revocad[oa]|negad[oa]|"
    r"non|não|nao|không|khong|nein|nie|nee|нет|hindi|hayır|tidak|いいえ|아니요|아니오|不同意|不|否|لا|नहीं)(?!\w).*",
    _ANY,
)
_NOT_NO = re.compile(
    r"\W*(?:no\W+(?:problem|objection|concern|issue|worr|opt\W?outs?\b|refusals?\b|withdrawals?\b|answer|response|hay problema|aplica|s[eé]\b)|"
    r"not? (?:sure|applicable|decided|yet|known|withdrawn)|none of|n\W?a\b).*",
    _ANY,
)
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic)[a-zé]*\.?"
)
_DATE = (
    r"(?:\d{1,4}[./-]\d{1,2}(?:[./-]\d{2,4})?|(?:19|20)\d\d|"
    rf"{_MONTH}\W*\d{{1,2}}(?:st|nd|rd|th)?(?:\W+\d{{2,4}})?|"
    rf"\d{{1,2}}\W+(?:de\W+)?{_MONTH}(?:\W+(?:de\W+)?\d{{2,4}})?)(?:[ T]+\d{{1,2}}:\d\d\S*)?"
)
_AGREES = (
    r"👍|y|yes|yeah|yep|yup|sure|ok|okay|true|1|x|✓|✔|☑|☒|agreed?|consent\w*|assent\w*|allow\w*|"
    r"accept\w*|of course|absolutely|fine|s[ií]|claro|acepto|de acuerdo|doy|autorizo|consiento|i\W+\w+|"
    r"no\W+(?:problem|objection|concern|issue|opt\W?out|refusal|withdrawal)\w*|no hay problema|"
    r"oui|sim|có|ja|tak|wi|да|evet|ya|はい|同意|是|네|예|نعم|हाँ|concordo|aceito|einverstanden"
)
# What people write of a form; beside it `not` and `waiting` say otherwise.
_OF_A_FORM = (
    r"given|obtained|received|signed|granted|checked|approved?|returned|completed?|done|collected|confirmed|verified|"
    r"scanned|uploaded|(?:\w+\W+){0,3}?on file|verbal(?:ly)?|oral(?:ly)?|written|in writing|electronic(?:ally)?|online|paper|"
    r"by (?:e-?mail|phone|form|text)|full(?: consent)?|both|active|passive|"
    r"(?:parent|guardian|mother|father|mom|mum|dad|student|self|adult|form|forms|permission|e-?form)s?"
    r"(?:\W+(?:and|&|\+)\W+(?:parent|guardian|student|mom|dad)s?)?\W+"
    r"(?:has |have |is |was |are |were |e-?)?(?:signed|received|returned|given|gave|consent\w*|agree\w*|yes|ok|on file|in|"
    r"complete\w*|obtained|approved?)|entregad[oa]|firmad[oa]|recibid[oa]|obtenid[oa]"
)
_YES = re.compile(rf"\W*(?:{_AGREES})(?!\w).*|\W*[✓✔☑☒]\W*", _ANY)
_FORM = re.compile(rf"\W*(?:(?:{_OF_A_FORM})(?!\w).*|{_DATE}(?!\w)\W*)", _ANY)
_BUT = re.compile(
    r"\b(?:(?:not?|never|without) (?:yet |been )?(?:sign\w*|given|return\w*|receiv\w*|back|in|complete\w*|form|yet|valid)|"
    r"missing|pending|wait\w*|await\w*|until|expired|sent)\b|n['’]t\b|\?",
    re.IGNORECASE,
)
# Behind any yes: what was given is taken back.
_TAKEN_BACK = re.compile(
    r"\b(?:withdrew|(?<!be )(?<!not )withdrawn|revoked|rescinded|opted out|no longer|changed (?:her|his|their|my|our) minds?|"
    r"then (?:no|said no|declined|refused)|took (?:it|that) back|ya no(?! hay)|se sali[oó]|dej[oó] de participar|retir(?:ad[oa]|ó))\b",
    re.IGNORECASE,
)
# A form by which somebody is out: `Passive opt-out received`.
_FORM_OF_NO = re.compile(
    r"(?<!no )(?<!not )(?<!without )\b(?:opt\W?out|refusal|withdrawal|denial|non\W?consent)\b(?:\W+(?:forms?|letters?|slips?|notices?|was|has|been|is))*"
    r"\W+(?:received|returned|signed|submitted|given|recorded|filed|on file|turned in|came (?:in|back))\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"[\W_]*(?:2(?=\W*$)|pending|wait\w*|await\w*|not (?:sure|decided|known|yet).*|unsure|undecided|unknown|unclear|may ?be|perhaps|"
    r"depends|(?:verbal|oral)(?:ly)? only|tb[adc]|to be \w+|missing|in (?:progress|process)|partial(?:ly)?|ask(?:ed)?|ask .*|sent|requested|follow\W?up|"
    r"(?:no|without) (?:answer|response|reply)|n\W?a|not applicable|pendiente|falta|todav[ií]a no.*|a[uú]n no.*|en tr[aá]mite|por (?:firmar|confirmar)|no aplica|quizás?|tal vez|no s[eé]|en espera)(?!\w).*|"
    r"[^\w✓✔☑☒]+",
    _ANY,
)
# Beside a yes: the no of a parent or of the child; a yes and a no; a form that is not there.
_SOMEBODY = r"(?:parents?|guardian|caregiver|mom|mum|mother|dad|father|student|child|padres?|mam[aá]|pap[aá]|madre)"
_NO_BESIDE = re.compile(
    rf"\b{_SOMEBODY}\b\W{{0,3}}(?:(?:says?|said|dice|dijo|is|are)\W+)?(?:no|n|not|declin\w+|refus\w+)\b"
    r"(?!\W+(?:photo|video|audio|record|picture|name|fotos?))|"
    rf"\b(?:no|n|not)\W{{1,3}}(?:the |my |her |his )?{_SOMEBODY}\b",
    re.IGNORECASE,
)
_HALF = re.compile(
    r"\W*y(?:es)?\W*/\W*no?\W*|.*\b(?:(?:student|child|verbal|oral) only|"
    r"form (?:is |was )?(?:not|never) (?:yet )?\w+|not (?:yet )?signed)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_NOT_ASKED = re.compile(
    r"\W*(?:n\W?/?\W?a\W*|not applicable\W*|no aplica\W*)", re.IGNORECASE
)
_BOX = r"(?:[☐□◻○☑☒✅✓✔■]|\[ ?[xX✓✔]? ?\]|\( ?[xX✓✔]? ?\))"
_ONE = r"(?:yes|no|y|n|s[ií])\b"
_BEHIND_BOX = re.compile(rf"({_BOX})\W*?({_ONE})", re.IGNORECASE)
_BEFORE_BOX = re.compile(rf"\b({_ONE})[ :.]*({_BOX})", re.IGNORECASE)
_EMPTY = re.compile(r"[☐□◻○]|\[ *\]|\( *\)")
# `Y / (N)`, `yes [no]`: the one in brackets is meant.
_CHOICE = re.compile(
    rf"\W*?(?P<a>[(\[]?) ?(?P<first>{_ONE}) ?[)\]]?\W{{1,4}}?(?P<b>[(\[]?) ?(?P<last>{_ONE}) ?[)\]]?\W*",
    re.IGNORECASE,
)
_EMPTY_BOX = ("☐", "□", "[ ]", "[]")
_FEWEST_BOXES = 2
_OUT = re.compile(
    r"\W*(?:please\W+)?(?:opt(?:ed)?\W?(?:me\W)?out|withdr\w+|revok\w+|rescind\w+|retir\w+|exclud\w+|remove|delete|(?:do not|don['’]?t) (?:use|include))\b",
    re.IGNORECASE,
)


def meaning(answer: str) -> str:
    """Return whether an answer agrees, refuses, leaves it open, or says something else.

    Returns
    -------
    str
        `yes`, `no`, `open`, `other` for what is no answer to it; empty where nothing stands.

    Examples
    --------
    >>> [meaning(one) for one in ("Yes, but no photos", "on file", "9/4/25", "N/A", "")]
    ['yes', 'yes', 'yes', 'open', '']
    >>> [meaning(one) for one in ("☐ yes ☒ no", "yes [x] no [ ]", "Y / (N)", "[ ] yes [ ] no")]
    ['no', 'yes', 'no', 'open']
    >>> [meaning(one) for one in ("not signed", "yes, then withdrew", "pending", "Form A")]
    ['no', 'no', 'open', 'other']
    """
    said = " ".join(answer.split())
    if not said:
        return ""
    if ticked := _ticked(said):
        return ticked
    if _refuses(said):
        return NO
    if _HALF.fullmatch(said):
        return OPEN
    if _YES.fullmatch(said):
        return YES
    if _OPEN.fullmatch(said):
        return OPEN
    if _FORM.fullmatch(said):
        return OPEN if _BUT.search(said) else YES
    return OTHER


def _ticked(said: str) -> str:
    """Return what is ticked of `☐ yes ☒ no` or `Y / (N)`; empty without such a choice."""
    if re.match(_BOX, said):
        boxes = [(box, one) for box, one in _BEHIND_BOX.findall(said)]
    else:
        boxes = [(box, one) for one, box in _BEFORE_BOX.findall(said)]
    chosen = [one for box, one in boxes if not _EMPTY.fullmatch(box)]
    if len(boxes) < _FEWEST_BOXES:
        found = _CHOICE.fullmatch(said)
        if found is None or bool(found["a"]) == bool(found["b"]):
            return ""
        chosen = [found["first"] if found["a"] else found["last"]]
    no = [one for one in chosen if one.casefold().startswith("n")]
    if len(chosen) != 1:
        return OPEN
    return NO if no else YES


def meaning_turned(answer: str) -> str:
    """Return what `meaning` does where a yes takes the answers back, as in `Opt out?`.

    Examples
    --------
    >>> [meaning_turned(one) for one in ("yes please", "opt out", "No", "n/a", "maybe")]
    ['no', 'no', 'yes', '', 'open']
    """
    said = " ".join(answer.split())
    if _NOT_ASKED.fullmatch(said) or said in _EMPTY_BOX:
        return ""
    if _OUT.match(said):
        return NO
    return {YES: NO, NO: YES}.get(meaning(said), meaning(said))


def is_not_asked(answer: str) -> bool:
    """Return whether nobody was asked: `n/a`, as for grown-ups under a parent's consent."""
    return _NOT_ASKED.fullmatch(" ".join(answer.split())) is not None


def _refuses(said: str) -> bool:
    """Return whether an answer is a no, takes a yes back, or has a no beside it."""
    is_no = _NO.fullmatch(said) is not None and not _NOT_NO.fullmatch(said)
    return bool(
        is_no
        or _TAKEN_BACK.search(said)
        or _NO_BESIDE.search(said)
        or _FORM_OF_NO.search(said)
    )
