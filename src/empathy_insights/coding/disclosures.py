"""Passages in which somebody may be in danger: what a person must see first, and nobody quotes.

The words are those that school counsellors are taught to listen for: of harm to oneself, at
home, by somebody who touches, of hunger, of weapons, of going away. They are the same for
every codebook. No match is no all-clear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial

import numpy as np
import pandas as pd

from empathy_insights.codebook import Codebook
from empathy_insights.coding.models.danger_model import danger_model
from empathy_insights.coding.models.patterns import PatternIndex
from empathy_insights.in_parts import made_in_parts
from empathy_insights.text.embedders import Embedder
from empathy_insights.text.tokens import tokenize
from empathy_insights.text_memory import of_each

_HOME = (
    r"(?:dad|daddy|father|mom|mommy|momma|mum|mother|step ?(?:dad|father|mom|mother|brother)|uncle|aunt|grandpa|grandma|"
    r"brother|sister|cousin|boyfriend|girlfriend|bf|gf|ex|husband|coach|neighbou?r|babysitter|he|she|they|parents?|someone|somebody)"
)
_KIN = (
    r"(?:mom|mommy|momma|mother|dad|father|sister|brother|sisters|brothers|siblings|cousin|grandma|aunt|auntie|friend|"
    r"baby|kids?|child|children|son|daughter|wife|girlfriend|boyfriend|little \w+)"
)
_US = rf"(?:me|us|him|her|them|(?:my|his|her|their|our|the) {_KIN})"
_BODY = r"(?:arms?|legs?|wrists?|thighs?|hands?|back|face|neck|throat|eye|lip|body)"
_AWAY = r"(?! (?:out of|off|on|up) (?:the )?(?:team|zoom|call|wifi|class|chat|game|account|app|site|list|group))"
_HITS = (
    r"(?:hits?|hitting|beat(?:s|ing|en)?(?! (?:me|us|him|her|them|my \w+) (?:at|in|to|by|every))|beat up|slap(?:s|ped|ping)?|smack(?:s|ed|ing)?|punch(?:es|ed|ing)?|"
    r"kick(?:s|ed|ing)?|chok(?:es?|ed|ing)|strangl\w+|whips?|whipped|whooped|whup\w*|shov(?:es?|ed|ing)|burn(?:s|ed|t|ing)?|"
    r"throws? (?:stuff|things|plates?|bottles?) at|grab(?:s|bed|bing)?|drag(?:s|ged)?|pull(?:s|ed) (?:my|her) hair|"
    r"locks?|locked|lays? hands on|put (?:his|her|their) hands on|threaten\w*|hurts?|hurting)"
)
_NOT = r"(?:don['’]?t|do not|dont|didn['’]?t|doesn['’]?t|doesnt|not|never|ain['’]?t|can['’]?t|cant|no longer)"
_DIE = r"(?:dead|gone|die|dying|not (?:here|alive|around)|never (?:born|been born|here)|wasn['’]?t (?:here|alive|born|around)|weren['’]?t (?:here|alive|born))"

_HARM_TO_ONESELF = (
    r"\bbetter (?:off )?(?:without (?:me|him|her)|if (?:i|he|she) (?:was|were|wasn|weren|died|left|disappeared))",
    rf"\bwish(?:es|ed)? (?:that )?(?:i|he|she|they) (?:was|were|could (?:just )?(?:die|disappear|not)|wasn['’]?t|weren['’]?t|had never|never|did ?n['’]?t (?:exist|wake))\b.{{0,20}}?\b(?:{_DIE}|disappear|exist|wake|alive|born|here)\b",
    r"\bwish(?:es|ed)? (?:that )?(?:i|he|she|they) (?:was|were) dead\b",
    rf"\b{_NOT} (?:even )?(?:wan(?:t to|na)|feel like|care if i) (?:be (?:here|alive|around|in this world)|live|living|liv|wake up|exist|keep going (?:anymore|any more))\b(?! (?:in|at|near|with|late|early))",
    r"\b(?:want(?:s|ed)? to|wanna|gonna|going to|thought about|think(?:ing)? (?:about|of)|thinks? (?:about|of)) (?:just )?(?:die|dying|dyin|disappear(?:ing)?(?: forever)?|kill(?:ing)? (?:my|him|her|them)sel(?:f|ves)|end(?:ing)? (?:it|it all|everything|my life|his life|her life)|jump(?:ing)? (?:off|in front)|not (?:being|be) (?:here|alive))\b(?! (?:of|from|in my seat|into the floor|laughing))",
    r"\b(?:nobody|no one|noone|no ?body) would (?:even )?(?:notice|care|miss|know|cry)\b.{0,40}\b(?:gone|died|dead|left|disappear\w*|wasn|weren|me|here)\b",
    r"\b(?:end|take|took|taking|ended) (?:my|his|her|their) (?:own )?li(?:fe|ves)\b",
    r"\bkms\b",
    r"\bunaliv\w+",
    r"\bself[- ]?harm\w*",
    r"\bsuicid\w*",
    r"\b(?:cut(?:s|ting)?|burn(?:s|ed|ing)?|scratch(?:es|ed|ing)?|hurt(?:s|ing)?|harm(?:s|ed|ing)?|hit(?:s|ting)?) (?:my|him|her|them|your)sel(?:f|ves)\b",
    rf"\b(?:i|she|he|friend|sister|brother|daughter|son) (?:started |been |was |is |be |keeps? |like )?(?:cut(?:s|ting)?)\b(?=[^.!?]{{0,40}}\b(?:when (?:it|i|it['’]?s|its|he|she|things)|{_BODY}|sleeves?|blades?|razors?|at night|to feel)\b)",
    rf"\bcuts? (?:all )?(?:on|up|across|down) (?:my|his|her|their) {_BODY}",
    rf"\b(?:razor|blade)s?\b.{{0,30}}\b(?:{_BODY}|skin|backpack|bathroom|cut)",
    r"\b(?:took|take|taken|swallow\w*|ate) (?:a (?:bunch|lot|whole bottle|handful)|too many|all)(?: of)? (?:\w+ )?(?:pills?|tylenol|advil|meds|medicine|medication|melatonin)",
    r"\boverdos\w+",
    r"\bod['’]?d\b",
    r"\bno (?:reason|point)(?: to (?:live|living|be here|go on)| in (?:living|being (?:here|alive)|life))",
    r"\bnot worth (?:living|it to be alive)",
    r"\b(?:tired|sick) of (?:living|life|being alive)",
    r"\bhate (?:my life|living|being alive)",
    r"\bgiv(?:e|ing|en) up on (?:life|living)",
)
_AT_HOME = (
    rf"\b{_HOME} (?:\w+ ){{0,4}}?{_HITS} (?:on )?{_US}\b{_AWAY}",
    rf"\b{_HITS} (?:on )?{_US}\b(?=[^.!?]{{0,40}}\b(?:with (?:a |the |his |her )?(?:belt|cord|cable|hanger|stick|iron|shoe|spoon|broom|wire|switch|fist\w*|hand)|when (?:he|she|they|dad|mom|my \w+)(?:['’]s| is| are| gets?| be)? (?:drink\w*|drunk|high|mad|angry|upset)|if (?:i|my|we|he|she)|at home|in the (?:closet|basement|garage|room|face|stomach|head)|leav\w+ (?:marks?|bruises?)))",
    rf"\bburn(?:s|ed|t)? (?:my|her|his|me|him) ?(?:{_BODY}|with|on purpose)",
    rf"\b(?:bruis\w+|black eye|welts?|cigarette burns?|marks on (?:my|his|her))\b(?=[^.!?]{{0,60}}\b(?:sleeves?|hide|hid|cover\w*|makeup|home|dad|mom|stepdad|father|mother|fell|asked|again|boyfriend|{_BODY}|said he|won['’]?t say|wouldn['’]?t say|ok|fine)\b)",
    rf"\b{_BODY}\b[^.!?]{{0,25}}\bbruis\w+",
    r"\bbruise on\b",
    rf"\b(?:scared|afraid|terrified|nervous|dread\w*|{_NOT} (?:like|want) (?:to|ing to)|{_NOT} wanna|hates?|hate) (?:\w+ ){{0,2}}?(?:to )?(?:go(?:ing)?|be|being|stay(?:ing)?|get(?:ting)?) (?:\w+ )?home\b(?! ?(?:work|room|sick|alone at))",
    r"\b(?:scared|afraid|terrified) of (?:my |his |her |the )?(?:step ?)?(?:dad|father|mom|mother|uncle|brother|husband|boyfriend|him|her)\b",
    r"\bwhen (?:he|she|my \w+|mom|dad)(?:['’]s| is| gets?|s)? (?:been )?(?:drink(?:s|ing)?|drunk|high|wasted)\b",
    rf"\b{_HOME} (?:is|are|was|be|gets?|got|['’]s)? ?(?:always |usually |really )?(?:drunk|high on|wasted|passed out)\b",
    r"\bpassed out (?:on|in) the\b",
    r"\b(?:would|did|could)(?: not|n['’]?t) wake up\b(?! (?:on time|early|for))",
    r"\bviolen\w+ (?:at home|in (?:the|our|my) (?:home|house))",
    r"\bdomestic violence",
    r"\brestraining order",
)
_TOUCHED = (
    rf"\b{_HOME} (?:\w+ ){{0,5}}?touch(?:es|ed|ing)? {_US}\b",
    r"\bkeeps? touching\b",
    r"\btouch(?:es|ed|ing)? (?:me|her|him|us|my body)\b(?! base)",
    r"\btouch(?:es|ed|ing)? (?:my|her|his) (?:chest|butt|private\w*|leg|thigh)",
    r"\b(?:come|comes|came|coming|gets?|got|climb\w*|sneak\w*) in(?:to|side)? (?:my|her|his|our) (?:bed|room|bedroom)\b(?=[^.!?]{0,40}\b(?:night|sleep\w*|asleep|bed|lock|drunk|naked)\b)",
    r"\b(?:come|comes|came|gets?|climb\w*) in(?:to)? (?:my|her|his) bed\b",
    r"\b(?:walks? in|watch(?:es|ed|ing)?|peek\w*|look(?:s|ed)?)\b[^.!?]{0,25}\b(?:shower\w*|undress\w*|naked|changing|change clothes|get dressed|bath)\b",
    r"\bnaked\b",
    r"\bnudes?\b",
    r"\bprivate (?:parts?|area)",
    r"\b(?:rap(?:ed?|ing|ist)|molest\w*|sexual\w*|incest|grop(?:ed?|ing|es)|fondl\w+)\b",
    r"\b(?:force[sd]?|make|makes|made|making) (?:me|her|him|us) (?:to )?(?:do (?:stuff|things|it)|touch|kiss|watch|sit on|undress|take (?:off|my|her))\b(?! (?:for class|homework|over|again))",
    r"\b(?:wants?|asks?|asked|asking|wanted|send|sent|sends) (?:\w+ )?(?:me |her |him |for )?(?:\w+ )?(?:pics|pictures|photos|videos?) of (?:me|her|him|myself|herself|my body)",
    r"\b(?:man|guy|dude|stranger|adult|older (?:man|guy|boy|kid)|someone|somebody|person)\b[^.!?]{0,30}\b(?:online|on (?:snap\w*|insta\w*|discord|roblox|tiktok|fortnite|the game|the app))\b[^.!?]{0,60}\b(?:pic\w*|photo\w*|meet|secret|tell|address|alone|love|age|older|money|send)",
    r"\b(?:coach|teacher|man|uncle|guy|he)\b[^.!?]{0,30}\b(?:texts?|texted|texting|dms?|messages?|messaged|snaps?) (?:me|her|him)\b[^.!?]{0,50}\b(?:night|delete|secret|pretty|beautiful|alone|love|tell)\b",
    r"\b(?:not to tell|don['’]?t tell|dont tell|never tell|can['’]?t tell|cant tell|cant say|can['’]?t say|couldn['’]?t tell|our (?:little )?secret|keep (?:it|this) (?:a |our )?secret|not allowed to (?:say|tell|talk about)|delete it|delete (?:the|our) (?:messages?|texts?|chats?))\b(?=[^.!?]{0,60}\b(?:mom|dad|anyone|anybody|nobody|no one|what|because|or (?:he|she|else)|happen\w*|police|teacher|cops?|him|her|promis\w*|hurt\w*)\b)",
    r"\bpromis\w+ (?:\w+ )?(?:not to|i wouldn['’]?t|i won['’]?t|never to) (?:tell|say)",
    r"\bmakes? (?:me|her|him) (?:feel )?uncomfortable\b[^.!?]{0,40}\b(?:hug|sit|lap|alone|look|stand|close)",
    r"\bsit on (?:his|my uncle['’]?s) lap",
)
_WITHOUT = (
    r"\b(?:sleep(?:s|ing)?|slept|live|lives|lived|living|stay(?:s|ed|ing)?) (?:\w+ ){0,2}?(?:in|at|out of) (?:the|our|my|a|his|her|someone['’]?s|some)? ?(?:\w+ )?(?:car|van|truck|shelter|motel|hotel|tent|park|street|storage|garage|laundromat|bus station)\b(?! (?:ride|line|pool))",
    r"\b(?:homeless|evict\w*|no place to (?:live|stay|sleep|go)|nowhere to (?:live|stay|sleep|go))\b",
    r"\b(?:kick(?:s|ed)?|put|threw|thrown|puts|throw) (?:me|us|him|her|them) out\b(?! of (?:the )?(?:class|team|game|group|zoom|call|chat|app|site|library|lunch|line|meeting))",
    r"\bput out of (?:the|our|my) (?:house|home|apartment)",
    r"\b(?:no ?body|no one|noone) (?:feeds?|cooks? for|takes care of|watches) (?:me|us|him|her|them)",
    r"\b(?:no|not (?:any|enough|much)|never any|isn['’]?t (?:any|enough)|aint no|ain['’]?t no) food (?:at|in|left|for|on) (?:home|the|our|us|my|weekends?)",
    r"\bnothing to eat (?:at|in|on|all|when|since|for)\b",
    r"\b(?:only (?:meal|time (?:i|he|she|we|they) eats?|food)|hungry)\b[^.!?]{0,40}\b(?:weekends?|at home|at night|till monday|until monday|all day|every day|lunch at school)\b",
    r"\b(?:haven['’]?t|hasn['’]?t|didn['’]?t|havent|not) (?:eaten|eat)\b[^.!?]{0,20}\b(?:since|days?|yesterday|dinner|all weekend|last night)\b",
    r"\b(?:left|leaves?|leaving|alone|by (?:myself|ourselves|himself|herself)|on (?:my|our|his|her) own)\b[^.!?]{0,30}\b(?:all night|for days|overnight|(?:two|three|2|3|several|a few) (?:days|nights)|all weekend)\b",
    r"\b(?:don['’]?t|dont|stopped|not|didn['’]?t|won['’]?t|wont|refus\w+ to|never) eat(?:ing|en|s)?\b[^.!?]{0,40}\b(?:skinny|fat|thin|weight|days|calories|ugly|lose|pounds)\b",
    r"\b(?:make|makes|made|making) (?:myself|herself|himself) (?:throw up|puke|vomit|sick)",
    r"\bthrow(?:s|ing)? up (?:after|on purpose|so|what|my food|every)",
    r"\bstarv(?:e|es|ed|ing) (?:my|her|him)self",
    r"\b(?:anorexi\w+|bulimi\w+)",
)
_DANGER = (
    r"\b(?:guns?|pistol|rifle|knife|knives|machete|weapons?|bullets?)\b(?=[^.!?]{0,60}\b(?:school|bring\w*|brought|backpack|locker|show\w*|shoot\w*|kill\w*|house|home|drawer|dad|brother|threat\w*|pull\w*|he has|got|point\w*|stab\w*|bag|me|us)\b)",
    r"\b(?:has|have|had|got|brings?|brought|bring|carr(?:y|ies)|pulled|pulls|showed|with) (?:\w+ ){0,2}(?:gun|knife|weapon|blade|pistol)s?\b",
    r"\bshoot(?:s|ing)? (?:up |us|me|him|her|them|everybody|everyone|the school|people)\b(?!.{0,15}\b(?:hoops|video|film|baskets?|email|text|message)\b)",
    rf"\b(?:kill|stab|jump|hurt|fight|beat|shoot) (?:{_US}|everybody|everyone)\b(?= (?:if|after|when|tomorrow|next|because|for|with|at|on|one day)|[.,!]|$)",
    rf"\b(?:will|gonna|going to|wants? to|said he['’]?d|said she['’]?d|threatened to|tried to|says he['’]?ll|swore he['’]?d) (?:\w+ )?(?:kill|stab|shoot|hurt|jump|rape|burn|beat) (?:{_US}|someone|somebody|people|everyone|everybody|you)\b",
    r"\b(?:run|ran|running) away\b(?! (?:from (?:the )?(?:ball|it|question|math|bees?|problem)|with))",
    r"\bleav(?:e|ing) home\b",
    r"\b(?:hit list|death threats?|school shoot\w+)",
    r"\b(?:abus(?:e|ed|es|ing|ive)|neglect(?:ed|ing)?|trafficked|foster care|cps|dcf|dhs|child services)\b",
    r"\bpregnant\b",
    r"\b(?:undocumented|deport\w*|immigration)\b",
    r"\b(?:arrest\w*|probation|juvenile)\b",
    r"\bforced? (?:me |her |him )?(?:to |in ?to )?(?:marr\w+|work (?:all|every|nights?)|get married)",
    r"\b(?:marry|married to|engaged to) (?:a |an |this )?(?:man|older|cousin|guy|him)\b(?=[^.!?]{0,40}\b(?:school|years?|old|don['’]?t want|in \w+|summer)\b)",
    r"\b(?:boyfriend|girlfriend|bf|gf|ex)\b[^.!?]{0,60}\b(?:hits?|hit|push\w*|chok\w*|threat\w*|hurt\w*|grab\w*|forc\w+|won['’]?t let me|scared|post (?:my|the)|kill)\b",
)
_SPANISH = (
    r"\b(?:me|la|lo|nos) (?:toca|toc[oó]|tocaba|est[aá] tocando)\b(?= (?:las?|los?|el|mis?|sus?|cuando|por|en|ah[ií]|donde|y|abajo|mi)\b|[.,!?]|$)(?! (?:el|la|los|las|mi|en|por) (?:turno|clases?|maestr\w+|profe\w*|materia|hora|lonche|recreo|otr[oa]|grupo|equipo|mismo))",
    r"\b(?:me|le|les|nos|la|lo|te) (?:pega\w*|golpea\w*|peg[oó]|golpe[oó]|manosea\w*|encierra\w*|encerr[oó]|amenaz\w+|abus\w+|viol[oóa]\w*|quem[oó]|quema|ahorc\w+|jal[oóa]\w* del? pelo|avienta\w*|avent[oó]|obliga\w*|oblig[oó])\b(?! (?:ayudar|la tarea))",
    r"\b(?:pega|golpea|peg[oó]|golpe[oó]|pegan|golpean|pegaba) a (?:mi|su|la|los|las|el|mis|sus)\b",
    r"\ba golpes\b",
    r"\bcon (?:el|un|la) (?:cinto|cintur[oó]n|cable|chancla|palo|plancha|vara)\b",
    r"\b(?:no quier[oea]\w*|ya no quier[oea]\w*|quisiera no|no quisiera|no ten[ií]a? ganas de) (?:seguir |m[aá]s )?(?:vivir|viviendo|estar aqu[ií]|despertar\w*|existir|seguir)\b",
    r"\b(?:quier[oe]\w*|quisiera|pens\w+ en|ganas de|ojal[aá] (?:me|que me)) (?:\w+ )?(?:morir\w*|muriera|matar(?:me|se)|desaparecer|quitar(?:me|se) la vida)\b",
    r"\b(?:mejor|bien) sin m[ií]\b",
    r"\bnadie me (?:extra[nñ]ar[ií]a|va a extra[nñ]ar|echar[ií]a)",
    r"\bsuicid\w+",
    r"\bse (?:quiso|quer[ií]a) matar",
    r"\b(?:me|se) (?:corto|corta|cort[oóeé]|cortaba|cortando|lastim\w+|hago da[nñ]o|hace da[nñ]o)\b",
    r"\bcortadas? en",
    r"\bmatar(?:me|lo|la|nos|los)\b",
    r"\bmatar a (?:mi|su|la|el|los|todos)\b",
    r"\b(?:moret[oó]n\w*|moretes?|golpes en)\b",
    r"\b(?:miedo|temor)(?: de| a| que)? (?:\w+ ){0,2}?(?:ir(?:me)?|llegar|volver|regresar|estar) (?:a|en) (?:mi |la |su )?casa",
    r"\bmiedo (?:a|de) (?:mi |su )?(?:pap[aá]|padrastro|mam[aá]|esposo|marido|t[ií]o|[eé]l)\b",
    r"\b(?:dorm(?:imos|ir|[ií]a\w*|ido)|duerm\w+|viv(?:imos|iendo|en|o)|quedamos) en (?:el|la|un|una) (?:carro|coche|troca|camioneta|calle|albergue|refugio|motel|garaje)\b",
    r"\b(?:nos|me|los) (?:corrieron|sacaron|corri[oó]|ech[oó]|echaron) de (?:la|mi|nuestra) (?:casa|apartamento|departamento)",
    r"\bno (?:hay|ten[ei]\w+|hab[ií]a) (?:\w+ )?(?:comida|qu[eé] comer|de comer)\b",
    r"\bno (?:comemos|come|comen|ha comido|hemos comido)\b[^.!?]{0,30}\b(?:d[ií]as?|fin de semana|desde|noche|flaca|gorda)",
    r"\b(?:se mete|se meti[oó]|entra|entr[oó]) (?:a|en) (?:mi|su) (?:cama|cuarto)",
    r"\bfotos? (?:m[ií]as|de ella|desnud\w*|sin ropa)",
    r"\b(?:pistola|navaja|cuchillo|arma|machete)s?\b",
    r"\b(?:no (?:le )?(?:diga|digas|cuente|cuentes)|que no (?:le )?(?:dijera|diga|contara)|nuestro secreto|no puedo decir(?:le)?)\b",
    r"\bescap(?:ar|arse|[oó]|arme) de (?:la |su |mi )?casa",
    r"\b(?:borrach[oa]|drogad[oa]|drogas)\b",
    r"\b(?:deport\w+|la migra|indocumentad\w+|sin papeles)\b",
    r"\babus(?:o|a|an|[oó]|aron|ad[oa]) (?:de|sexual)",
    r"\bembarazada\b",
    r"\bvomit\w+ (?:despu[eé]s|la comida|para|a prop[oó]sito)",
    r"\bviolencia (?:en (?:la )?casa|dom[eé]stica|familiar)",
)
# A text is searched for a kind of danger only where a word begins as that kind's words do.
_KINDS = tuple(
    (re.compile(stems), re.compile("|".join(cues), re.IGNORECASE))
    for stems, cues in (
        (
            "better|wish|alive|around|liv|wake|exist|keep|here|world|die|dying|dyin|dead|disappear|kill|end|jump|would|life|"
            "kms|unaliv|self|harm|suicid|cut|burn|scratch|hurt|hit|razor|blade|pill|tylenol|advil|med|melatonin|overdos|od$|"
            "reason|point|worth|being",
            _HARM_TO_ONESELF,
        ),
        (
            "hit|beat|slap|smack|punch|kick|chok|strangl|whip|whoop|whup|shov|burn|throw|grab|drag|pull|lock|lay|hand|threat|"
            "hurt|bruis|eye|welt|cigar|mark|home|scared|afraid|terrif|drink|drunk|high|wasted|passed|wake|violen|domestic|restrain",
            _AT_HOME,
        ),
        (
            "touch|bed|room|shower|undress|naked|chang|dress|bath|nude|private|rap|molest|sexual|incest|grop|fondl|forc|mak|"
            "made|pic|photo|video|online|on$|texts?|dm|messag|snap|tell|say|secret|allow|delete|promis|uncomf|lap",
            _TOUCHED,
        ),
        (
            "car|van|truck|shelter|motel|hotel|tent|park|street|storage|garage|laundromat|station|homeless|evict|place|nowhere|"
            "kick|put|threw|throw|feed|cook|watch|takes|food|nothing|hungry|meal|eat|night|day|weekend|puke|vomit|sick|starv|"
            "anorex|bulimi|only",
            _WITHOUT,
        ),
        (
            "gun|pistol|rifle|kni|machete|weapon|bullet|blade|shoot|kill|stab|jump|hurt|fight|beat|rape|burn|run|ran|leav|hit|"
            "death|abus|neglect|traffick|foster|cps|dcf|dhs|child|pregnant|undocument|deport|immigra|arrest|probation|juvenile|"
            "forc|marr|engaged|boyfriend|girlfriend|bf|gf|ex$",
            _DANGER,
        ),
        (
            "peg|golpe|toc|manose|enc[ie]|amenaz|abus|viol|quem|ahorc|jal|av[ie]|oblig|cint|cable|chancla|palo|plancha|vara|"
            "viv|aqu|despert|exist|segui|mori|muri|mat|desap|vida|quit|sin$|extra|echar|suicid|cort|lastim|da[nñ]o|moret|miedo|"
            "temor|carro|coche|troca|camioneta|calle|albergue|refugio|motel|garaje|corri|sac|ech|comida|come|comi|cama|cuarto|"
            "foto|pistola|navaja|cuchillo|arma|machete|diga|dije|cuent|cont|secreto|decir|escap|borrach|drog|migra|papeles|"
            "indocu|deport|embaraz|vomit",
            _SPANISH,
        ),
    )
)
_WORD = re.compile(r"[^\W\d_]+")


def tells_of_danger(text: str) -> bool:
    """Return whether a passage may tell of danger to somebody, so that a person sees it first.

    Examples
    --------
    >>> tells_of_danger("sometimes i think everybody would be better off without me")
    True
    >>> tells_of_danger("The bus is late and this homework is killing me.")
    False
    """
    words = set(_WORD.findall(text.lower()))
    kinds = frozenset().union(*map(_kinds_of, words))
    if not kinds:
        return False
    said = " ".join(text.split())
    return any(_KINDS[kind][1].search(said) for kind in kinds)


@lru_cache(maxsize=100_000)
def _kinds_of(word: str) -> frozenset[int]:
    """Return the kinds of danger whose words may begin as a word does."""
    return frozenset(n for n, (stems, _) in enumerate(_KINDS) if stems.match(word))


def find_sensitive(
    segments: pd.DataFrame, codebook: Codebook, embedder: Embedder | None = None
) -> pd.DataFrame:
    """Return the segments that a person should see before anyone quotes them.

    A match is no diagnosis, and no match is no all-clear: people who listen to minors
    keep their duty to report.

    Returns
    -------
    pandas.DataFrame
        The rows of `segments` that tell of danger, whatever the codebook is, or in which
        one of its own sensitive cues occurs. By the default embedder also those that
        sound like danger in other words (`DangerModel`).
    """
    have_any = partial(_have_any, codebook.sensitive_cues, codebook.language)
    what = ["sensitive", codebook.sha256]
    texts = segments["text"].tolist()
    told = of_each(what, texts, partial(made_in_parts, have_any))
    is_sensitive = np.array(told, dtype=bool)
    if embedder is not None:
        hears = partial(danger_model().hears, embedder=embedder)
        hinted = of_each(
            ["danger", embedder.name], texts, lambda new: hears(new).tolist()
        )
        is_sensitive |= np.array(hinted, dtype=bool)
    return segments[is_sensitive].reset_index(drop=True)


def _have_any(
    cues: tuple[str, ...], language: str, texts: Sequence[str]
) -> Iterator[bool]:
    """Say of each text whether it tells of danger, or one of the cues occurs in it."""
    index = PatternIndex.of(cues)
    for text, tokens in zip(texts, tokenize(texts, language=language), strict=True):
        yield tells_of_danger(text) or any(index.find(tokens))
