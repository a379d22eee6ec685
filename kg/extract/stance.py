"""Stance: whether a clause states, denies, plans, supposes, reports or asks.

It is decided on the clause, and by everything that governs it: auxiliaries, negation, the verbs and nouns that it
depends on, conditions, questions. The word lists hold grammar and general vocabulary only.
"""

from __future__ import annotations

from kg.extract.graph import Graph
from kg.model import Stance

_DENYING = frozenset(
    "deny dismiss reject refute scrap drop shelve abandon cancel withdraw refuse fail decline avoid block "
    "forget forbid ban bar prohibit prevent stop veto".split()
)
_PLANNING = frozenset(
    "plan intend hope want wish aim expect consider propose mean prepare promise aspire seek try schedule discuss "
    "contemplate envisage explore negotiate dream long like love pledge tip slate bill earmark".split()
)
_COMMITTING = frozenset("decide agree want need be go set".split())
_CAUSING = frozenset("help enable allow let make force cause lead get".split())
_SUPPOSING = frozenset("suppose imagine assume wonder guess doubt suspect fear believe seem appear question".split())
_REPORTING = frozenset("speculate rumour rumor allege claim gossip whisper hear suggest".split())
_SAYING = frozenset("say write report tell think argue".split())
_PLAN_NOUNS = frozenset(
    "plan intention hope proposal idea wish ambition bid offer talk dream option decision attempt "
    "negotiation prospect".split()
)
_REPORT_NOUNS = frozenset("rumour rumor report speculation allegation claim gossip suggestion".split())
_NEGATIONS = frozenset("not n't never no nor neither hardly without".split())
_NOBODY = frozenset("nobody none nothing neither no-one".split())
_HYPOTHETICAL = frozenset("would could might may should must can cannot ca".split())
_FUTURE = frozenset("will shall 'll wo sha ’ll".split())
_CONDITIONS = frozenset("if unless whether provided".split())
_FORMER = frozenset("former formerly previously once".split())
_UNTIL = ("until", "till")
_PLANNED_ADJECTIVES = frozenset(
    "planned proposed intended possible potential upcoming future prospective would-be next".split()
)
_VAGUE_SPEAKERS = frozenset(
    "people everybody everyone somebody someone some many critics observers they press papers market analysts "
    "insiders sources bloggers neighbours neighbors plaintiff plaintiffs prosecutor prosecutors".split()
)
# What an ending verb is said of is over.
_ENDING = frozenset("end terminate expire lapse dissolve cease collapse run_out break_off break_down wind_up".split())
_CREATING = frozenset(
    "launch introduce build develop make create open found unveil present release start bring bring_out set_up show "
    "produce sell buy acquire".split()
)
_UNTRUE = frozenset("untrue false wrong incorrect nonsense fiction invented mistaken".split())
_PHRASE_TAGS = frozenset("NN NNS NNP NNPS JJ JJR JJS CD DT PRP$ POS VBN VBG HYPH".split())
_SLOT_NEGATIONS = frozenset(("not", "neither", "nor", "never"))
_REPORTEDLY = frozenset("reportedly allegedly supposedly apparently".split())
_NOW_AHEAD = frozenset(("about", "set", "due", "going", "likely", "ready", "keen", "eager"))


def stance_of(graph: Graph, anchor: int) -> tuple[Stance, str]:
    """The stance of the clause or noun at `anchor`, and the word that decides it ("" if none does)."""
    p = graph.parse
    if _asks(graph, anchor):
        return "asked", "?"
    if p.tags[anchor][:1] not in "VM" and graph.keys[anchor] != "be":
        found = _of_noun(graph, anchor)
        if found is not None:
            return found
        governor = p.heads[anchor]
        if not _is_event(graph, anchor) and _is_over(graph, anchor):
            return "denied", graph.keys[governor]
        complement = p.deps[anchor] in ("attr", "acomp", "oprd")
        if not complement and not _is_event(graph, anchor):
            return "asserted", ""
        return _of_verb(graph, governor) if governor != anchor else ("asserted", "")
    return _of_verb(graph, anchor)


def _asks(graph: Graph, anchor: int) -> bool:
    p = graph.parse
    first, last = next(((a, b) for a, b in p.sentences if a <= anchor < b), (0, len(p.words)))
    if not any(word == "?" for word in p.words[max(first, last - 2) : last]):
        return False
    # A statement before a colon ("It was founded in 2007: what ...?") is stated, not asked.
    colon = next((i for i in range(first, last) if p.words[i] == ":"), None)
    return colon is None or anchor > colon


def _is_event(graph: Graph, noun: int) -> bool:
    """Whether the noun names something that is done, so that what governs it decides whether it was."""
    return (
        bool(graph.get(noun, "of"))
        and graph.parse.deps[noun] in ("dobj", "nsubj", "nsubjpass", "pobj")
        and (
            graph.keys[noun].endswith(("ion", "ment"))
            or graph.keys[noun] in ("purchase", "takeover", "merger", "buyout", "launch", "debut")
        )
    )


def _is_over(graph: Graph, noun: int) -> bool:
    """ "The alliance ended", "they terminated the contract": what the noun names is so no longer."""
    p = graph.parse
    governor = p.heads[noun]
    while p.deps[governor] == "xcomp" and graph.keys[governor] not in _ENDING:
        governor = p.heads[governor]
    ended = graph.keys[governor] in _ENDING or (graph.keys[governor] == "renew" and _negated(graph, governor))
    return ended and p.deps[noun] in ("nsubj", "nsubjpass", "dobj")


def stance_of_possession(graph: Graph, noun: int) -> tuple[Stance, str]:
    """The stance of "its new lamp" at `noun`: what a firm will launch, or did not build, is not its own yet."""
    p = graph.parse
    verb = p.heads[noun]
    if p.deps[noun] in ("dobj", "nsubjpass") and graph.keys[verb] in _CREATING:
        found = _of_verb(graph, verb)
        if found[0] in ("planned", "possible", "denied"):
            return found
    return "asserted", ""


def negated_slot(graph: Graph, token: int) -> str:
    """The word that denies what fills a slot, "" if none does: "not in 1912", "neither A nor B", "rather than C"."""
    p = graph.parse
    if past := _until(graph, token):
        return past
    first = token
    while first and p.tags[first - 1] in _PHRASE_TAGS and p.words[first - 1].lower() not in _SLOT_NEGATIONS:
        first -= 1
    if first > 1 and f"{p.words[first - 2]} {p.words[first - 1]}".lower() in ("rather than", "instead of"):
        return p.words[first - 2].lower()
    before = first - 1
    if before >= 0 and p.tags[before] in ("IN", "TO"):
        before -= 1
    word = p.words[before].lower() if before >= 0 else ""
    return word if word in _SLOT_NEGATIONS else ""


def _of_noun(graph: Graph, noun: int) -> tuple[Stance, str] | None:
    p = graph.parse
    for i in graph.get(noun, "mod"):
        word = p.words[i].lower()
        if word in _FORMER:
            return "denied", word
        if word in _PLANNED_ADJECTIVES:
            return "planned", word
    for i in graph.children(noun, "det", "neg", "amod"):
        if p.words[i].lower() in ("no", "neither", "not"):
            return "denied", p.words[i].lower()
    for i in graph.children(noun, "prep"):
        if p.words[i].lower() in _UNTIL:
            return "denied", p.words[i].lower()  # "its chairman until 2019"
    past = _until(graph, noun)
    return ("denied", past) if past else None


def _until(graph: Graph, noun: int) -> str:
    """The word that tells a post to be over, "" if none does: "NAME, until May the director", which parsers misread."""
    p = graph.parse
    head = p.heads[noun]
    if p.deps[noun] == "appos" and p.deps[head] == "pobj":  # of the time
        head = p.heads[head]
    elif p.deps[noun] != "pobj" or not any(i < noun for i in graph.children(head, "pcomp", "advmod", "pobj")):
        return ""
    word = p.words[head].lower()
    return word if word in _UNTIL else ""


def _of_verb(graph: Graph, verb: int, depth: int = 0) -> tuple[Stance, str]:
    found = _own(graph, verb)
    if found is not None:
        return found
    return _governed(graph, verb, depth) if depth < 8 else ("asserted", "")


def _own(graph: Graph, verb: int) -> tuple[Stance, str] | None:
    """What the clause's own words say: negation, former times, conditions, auxiliaries."""
    for i in graph.children(verb):
        found = _by_child(graph, verb, i)
        if found is not None:
            return found
    p = graph.parse
    helpers = list(graph.children(verb, "aux", "auxpass"))
    auxiliaries = {p.words[i].lower() for i in helpers}
    if auxiliaries & _FUTURE:
        return "planned", min(auxiliaries & _FUTURE)
    there = graph.keys[verb] in ("find", "see") and "can" in auxiliaries and graph.passive[verb]
    if auxiliaries & _HYPOTHETICAL and not there:  # "can be found in": it is there
        return "possible", min(auxiliaries & _HYPOTHETICAL)
    finite_be = any(p.lemmas[i] == "be" and p.tags[i] in ("VBZ", "VBP", "VBD") for i in helpers)
    if p.tags[verb] == "VB" and finite_be and "to" in auxiliaries:
        return "planned", "is to"
    return None


def _by_child(graph: Graph, verb: int, i: int) -> tuple[Stance, str] | None:
    """What one word that hangs on the verb says."""
    p = graph.parse
    dep, word = p.deps[i], p.words[i].lower()
    if dep in ("neg", "preconj") and word in _NEGATIONS:
        return None if word == "not" and "only" in p.words[max(0, verb - 3) : verb + 3] else ("denied", word)
    if word in ("never", "nor"):
        return "denied", word
    if dep in ("nsubj", "nsubjpass", "dobj", "attr"):
        refused = any(p.words[j].lower() in ("no", "neither") for j in graph.children(i, "det"))
        return ("denied", word) if refused or word in _NOBODY else None
    if dep == "advmod":
        if word in _REPORTEDLY:
            return "reported", word
        past = word in ("longer", "formerly", "previously") or (word == "once" and i < verb)
        return ("denied", word) if past else None
    if dep == "mark" and word == "until" and p.deps[verb] == "ROOT":
        return "denied", word
    if dep == "conj" and any(p.words[j].lower() in _UNTRUE for j in graph.children(i, "acomp", "attr")):
        claimed = any(p.words[j].lower() == "that" for j in graph.children(verb, "mark"))
        return ("denied", "untrue") if claimed else None
    if dep == "mark" and word in _CONDITIONS:
        return "possible", word
    if dep == "advcl" and any(p.words[j].lower() in _CONDITIONS for j in graph.children(i, "mark")):
        return "possible", "if"
    if dep == "prep":
        return _by_preposition(graph, verb, i, word)
    return None


def _by_preposition(graph: Graph, verb: int, i: int, word: str) -> tuple[Stance, str] | None:
    """ "until 2019", "before that": what was so is so no longer."""
    p = graph.parse
    if word == "before" and any(p.words[j].lower() in ("that", "then") for j in graph.children(i, "pobj")):
        return "denied", "before that"
    if word == "according":
        sources = [j for c in graph.children(i, "prep") for j in graph.children(c, "pobj")]
        vague = [graph.keys[j] for j in sources if graph.keys[j] in _REPORT_NOUNS | _VAGUE_SPEAKERS]
        return ("reported", vague[0]) if vague else None
    if word == "until" and p.tags[verb] in ("VBD", "VBN"):
        return "denied", word
    return None


def _governed(graph: Graph, verb: int, depth: int) -> tuple[Stance, str]:
    """What the governing verbs and nouns say."""
    p = graph.parse
    dep, head = p.deps[verb], p.heads[verb]
    if head == verb:
        return "asserted", ""
    infinitive = any(p.words[i].lower() == "to" for i in graph.children(verb, "aux"))
    if dep == "pcomp" and p.words[head].lower() == "without":
        return "denied", "without"
    if dep == "relcl" and any(p.words[i].lower() == "that" for i in graph.children(verb, "mark")):
        dep = "acl"  # "the rumour that ..."
    if dep in ("xcomp", "ccomp", "pcomp", "acl", "advcl", "csubj", "prep"):
        governor = p.heads[head] if dep == "pcomp" else head
        key = graph.keys[governor].split("_")[0]
        if dep in ("csubj", "ccomp") and any(
            p.words[i].lower() in _UNTRUE for i in graph.children(governor, "acomp", "attr")
        ):
            return "denied", "untrue"
        if p.tags[governor][:1] == "V" or key == "be":
            return _by_verb(graph, governor, dep, infinitive, depth)
        if p.tags[governor][:1] in "NJ":
            finite = any(p.words[i].lower() == "that" for i in graph.children(verb, "mark"))
            if key in _REPORT_NOUNS | _PLAN_NOUNS and graph.keys[p.heads[governor]] in _DENYING:
                return "denied", graph.keys[p.heads[governor]]
            if key in _REPORT_NOUNS and (dep != "acl" or finite or infinitive):
                return "reported", key
            if key in _PLAN_NOUNS and (dep != "acl" or infinitive):
                return "planned", key
            if infinitive and (dep == "xcomp" or p.words[governor].lower() in _NOW_AHEAD):
                return "planned", p.words[governor].lower()
            if dep == "acl" and infinitive:
                return "planned", "to"
    if dep == "conj":
        return _shared(graph, verb, head, depth)
    return "asserted", ""


def _by_verb(graph: Graph, governor: int, dep: str, infinitive: bool, depth: int) -> tuple[Stance, str]:
    """What the governing verb says of the clause that depends on it."""
    p = graph.parse
    key = graph.keys[governor].split("_")[0]
    if dep == "advcl":
        if infinitive:
            return "planned", "to"
        return "asserted", ""
    if key in _DENYING:
        return "denied", key
    if key in _PLANNING and (infinitive or dep != "ccomp" or key in ("hope", "expect", "wish", "plan")):
        return "planned", key
    if key in _SUPPOSING:
        return "possible", key
    if key in _REPORTING:
        return "reported", key
    if key in _SAYING:
        subjects = [p.words[s].lower() for s in graph.get(governor, "subj")]
        if (infinitive and graph.passive[governor]) or any(s in _VAGUE_SPEAKERS for s in subjects):
            return "reported", key
        if graph.passive[governor] and not subjects:
            return "reported", key
        return ("denied", "not") if _negated(graph, governor) else ("asserted", "")
    if p.words[governor].lower() in _NOW_AHEAD and infinitive:
        return "planned", p.words[governor].lower()
    if infinitive and key == "use" and not graph.has(governor, "auxpass", "dobj"):
        return "denied", "used to"
    own = _own(graph, governor)
    if infinitive and dep == "xcomp" and key not in _CAUSING and graph.has(governor, "dobj"):
        return own or ("planned", "to")
    if infinitive and key in _COMMITTING:
        return own or ("planned", key)
    return own or _governed(graph, governor, depth + 1)


def _negated(graph: Graph, verb: int) -> bool:
    return any(graph.parse.deps[i] == "neg" for i in graph.children(verb))


def _shared(graph: Graph, verb: int, head: int, depth: int) -> tuple[Stance, str]:
    """A coordinated verb without a subject and auxiliaries of its own shares those of the first."""
    p = graph.parse
    if graph.has(verb, "nsubj", "nsubjpass"):
        return "asserted", ""
    if p.tags[verb] != "VB" and graph.has(verb, "aux", "auxpass"):
        return _governed(graph, head, depth + 1)
    if any(p.words[i].lower() == "but" for i in graph.children(head, "cc")):
        return "asserted", ""
    if p.tags[verb] == p.tags[head] or p.tags[verb] in ("VB", "VBN"):
        return _of_verb(graph, head, depth + 1)
    return "asserted", ""
