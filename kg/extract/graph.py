"""The propositions of a paragraph as one graph over its tokens.

Different wordings of one thing get one form: passives are turned active, relative clauses and participles are joined to
what they modify, coordination is distributed, apposition and copula both become an "is" edge, possessives and
of-phrases an "of" edge, and whatever dates a clause a "when" edge. The labels read are those of spaCy's English
models (ClearNLP style dependencies, Penn Treebank tags).
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Parse

COPULAS = frozenset(("be", "become", "remain", "stay"))
NAMING = frozenset("call name dub title term christen appoint elect entitle make baptise label nickname".split())
_RELATIVE = frozenset(("WDT", "WP"))
_PREP = frozenset(("prep", "agent", "dative"))
_SHARED = frozenset(("subj", "obj", "dat", "attr", "of", "is", "when", "oprd"))
_WHEN_PREPS = frozenset(("in", "on", "at", "since", "from", "during", "as"))
_PASSIVE_TAGS = frozenset(("VBN", "VBD"))


class Graph:
    """Edges between tokens of one parse: `out[i][role]` lists the tokens that fill `role` of token i.

    Roles: subj, obj, dat, attr, oprd, of, is, mod, num, when, adv, prep:X, xcomp, hyph. Roles read against their
    direction begin with "^". keys[i] is what token i is matched by: its lemma, with a particle ("set_up").
    """

    __slots__ = ("_children", "alias", "keys", "out", "parse", "passive")

    def __init__(self, parse: Parse, dates: frozenset[int] = frozenset()) -> None:
        self.parse = parse
        size = len(parse.words)
        self._children: list[list[int]] = [[] for _ in range(size)]
        for i, head in enumerate(parse.heads):
            if head != i:
                self._children[head].append(i)
        self.out: list[dict[str, list[int]]] = [{} for _ in range(size)]
        self.keys = list(parse.lemmas)
        self.alias: dict[int, int] = {}
        self.passive = [False] * size
        _Builder(self, dates).build()

    def children(self, i: int, *deps: str) -> Iterator[int]:
        return (c for c in self._children[i] if self.parse.deps[c] in deps)

    def subtree(self, i: int) -> Iterator[int]:
        yield i
        for child in self._children[i]:
            yield from self.subtree(child)

    def get(self, i: int, role: str) -> list[int]:
        return self.out[i].get(role, [])

    def add(self, head: int, role: str, token: int) -> None:
        head, token = self.alias.get(head, head), self.alias.get(token, token)
        if head == token:
            return
        ends = self.out[head].setdefault(role, [])
        if token not in ends:
            ends.append(token)
            self.out[token].setdefault("^" + role, []).append(head)

    def is_verb(self, i: int) -> bool:
        return self.parse.tags[i][:1] == "V"


class _Builder:
    """Adds the edges in passes; each pass reads only what the earlier ones made."""

    def __init__(self, graph: Graph, dates: frozenset[int]) -> None:
        self.g, self.p, self.dates = graph, graph.parse, dates
        self.listed: list[tuple[int, int]] = []

    def build(self) -> None:
        deps = self.p.deps
        for i, dep in enumerate(deps):
            if dep == "prt":
                self.g.keys[self.p.heads[i]] += "_" + self.p.words[i].lower()
        self._mark_passives()
        for i, dep in enumerate(deps):
            if dep == "relcl":
                self._alias_pronouns(i)
        for i, dep in enumerate(deps):
            self._base(i, self.p.heads[i], dep)
        for i, dep in enumerate(deps):
            if dep in ("relcl", "acl", "amod"):
                self._adnominal(i, self.p.heads[i], dep)
            elif dep == "advcl":
                self._adverbial_clause(i, self.p.heads[i])
        for i, dep in enumerate(deps):
            if dep in ("xcomp", "pcomp"):
                self._controlled(i, self.p.heads[i], dep)
        for i, dep in enumerate(deps):
            if dep == "conj":
                self._coordinate(i, self.p.heads[i])
        for i, head in self.listed:
            self._coordinate(i, head)
            for other in self.g.children(i, "conj"):
                self._coordinate(other, head)
        for i in range(len(deps)):
            self._identities(i)

    def _mark_passives(self) -> None:
        for i, dep in enumerate(self.p.deps):
            head = self.p.heads[i]
            if dep in ("auxpass", "nsubjpass", "csubjpass") and head != i:
                self.g.passive[head] = True
            if dep == "agent" and self.p.tags[head] in _PASSIVE_TAGS:
                self.g.passive[head] = True
            if dep == "acl" and self.p.tags[i] == "VBN":
                self.g.passive[i] = True
        for i, dep in enumerate(self.p.deps):
            head = self.p.heads[i]
            if dep == "conj" and self.g.passive[head] and self.p.tags[i] == "VBN" and not list(self.g.children(i, "nsubj")):
                if not any(self.p.lemmas[c] == "have" for c in self.g.children(i, "aux")):
                    self.g.passive[i] = True
            if dep in ("advcl", "relcl") and self.p.tags[i] == "VBN" and not list(self.g.children(i, "aux", "nsubj", "auxpass")):
                self.g.passive[i] = True

    def _base(self, i: int, head: int, dep: str) -> None:
        add = self.g.add
        if i in self.dates and dep in ("npadvmod", "advmod", "tmod", "pobj", "dobj", "nmod", "appos", "nummod", "compound", "amod"):
            if dep != "pobj" and (dep != "dobj" or self.p.tags[head][:1] == "V"):
                add(head, "when", i)
                return
        if dep == "nsubj":
            add(head, "obj" if self._is_second_subject(i, head) else "subj", i)
        elif dep == "nsubjpass":
            add(head, "obj", i)
        elif dep in ("dobj", "obj"):
            add(head, "dat" if self.g.passive[head] and self.g.get(head, "obj") else "obj", i)
        elif dep in ("attr", "oprd"):
            add(head, dep, i)
        elif dep == "dative" and self.p.tags[i] not in ("IN", "TO"):
            add(head, "dat", i)
        elif dep in _PREP:
            self._preposition(i, head, dep)
        elif dep == "poss":
            add(head, "of", i)
        elif dep == "appos":
            if self._is_list_item(i, head):
                self.listed.append((i, head))
            else:
                add(head, "is", i)
        elif dep in ("compound", "nmod", "amod"):
            add(head, "mod", i)
        elif dep in ("nummod", "quantmod"):
            add(head, "num", i)
        elif dep in ("npadvmod", "advmod", "acomp"):
            add(head, self._role_of_stray_name(i, head) or "adv", i)
            if self.p.words[i].lower() == "there":
                add(head, "prep:at", i)
                add(head, "prep:in", i)
        elif dep in ("xcomp", "ccomp", "advcl"):
            add(head, "xcomp", i)

    def _is_list_item(self, i: int, head: int) -> bool:
        """ "A, B and C", read as B in apposition to A: both are names, and B goes on with "and"."""
        names = ("NNP", "NNPS")
        return self.p.tags[i] in names and self.p.tags[head] in names and bool(list(self.g.children(i, "conj"))) and bool(list(self.g.children(i, "cc")))

    def _is_second_subject(self, i: int, verb: int) -> bool:
        """A subject behind its verb, where another stands before it, is an object that the parser took amiss."""
        return i > verb and self.g.is_verb(verb) and any(c < verb for c in self.g.children(verb, "nsubj"))

    def _role_of_stray_name(self, i: int, verb: int) -> str | None:
        """A capitalised word that the parser took for an adverbial of a clause without subject or object."""
        word = self.p.words[i]
        if not self.g.is_verb(verb) or not word[:1].isupper() or i in self.dates or self.p.tags[i][:2] not in ("NN", "RB"):
            return None
        if self.p.tags[i][:2] == "RB" and not (word.isupper() and len(word) > 1):
            return None
        if i > verb:
            return None if list(self.g.children(verb, "dobj", "attr")) or self.g.passive[verb] else "obj"
        if list(self.g.children(verb, "nsubj", "nsubjpass")):
            return None
        return "obj" if self.g.passive[verb] else "subj"

    def _preposition(self, i: int, head: int, dep: str, before: str = "") -> None:
        """Joins the object of a preposition to what the preposition hangs on."""
        word = before + self.p.words[i].lower()
        objects = list(self.g.children(i, "pobj", "pcomp"))
        if not objects and i + 1 < len(self.p.words) and self.p.heads[i + 1] == head and self.p.tags[i + 1] in ("NNP", "NNPS"):
            objects = [i + 1]  # "by ACME", read as an adverb and a name
        for child in objects:
            if child in self.dates and word in _WHEN_PREPS:
                self.g.add(head, "when", child)
            elif word == "by" and self.g.passive[head] and child not in self.dates:
                self.g.add(head, "subj", child)
            elif word == "of" and self.p.tags[head][:1] != "V":
                self.g.add(head, "of", child)
            else:
                self.g.add(head, "prep:" + word, child)
            if i and head != i - 1 and self.p.tags[i - 1] in ("NNP", "NNPS", "CD") and self.p.tags[child] in ("NNP", "NNPS") and word in ("in", "of", "from"):
                self.g.add(self._name_head(i - 1), "of" if word == "of" else "prep:" + word, child)
        for child in self.g.children(i, "prep"):
            if list(self.g.children(i, "pobj", "pcomp")):
                self._preposition(child, head, "prep")
            else:
                self._preposition(child, head, "prep", word + "_")

    def _name_head(self, i: int) -> int:
        """The head word of the name that the token belongs to."""
        while self.p.deps[i] in ("compound", "nummod", "nmod") and self.p.tags[self.p.heads[i]] in ("NNP", "NNPS"):
            i = self.p.heads[i]
        return i

    def _alias_pronouns(self, verb: int) -> None:
        """Lets the relative pronoun of a clause stand for the noun that the clause modifies."""
        noun = self.p.heads[verb]
        for i in self.g.subtree(verb):
            if self.p.tags[i] in _RELATIVE and self._nearest_clause(i) == verb:
                self.g.alias[i] = noun
            elif self.p.tags[i] == "WP$":
                self.g.alias[i] = noun
            elif self.p.tags[i] == "WRB" and self.p.words[i].lower() == "where" and self.p.heads[i] == verb:
                self.g.add(verb, "prep:in", noun)

    def _nearest_clause(self, i: int) -> int:
        while self.p.deps[i] not in ("relcl", "ROOT") and self.p.heads[i] != i:
            i = self.p.heads[i]
        return i

    def _adnominal(self, verb: int, noun: int, dep: str) -> None:
        """A participle or a clause without pronoun takes the noun it modifies as its argument."""
        tag = self.p.tags[verb]
        if dep == "amod" and tag not in ("VBN", "VBD"):
            return
        if dep == "amod":
            before = [c for c in self.g._children[verb] if c < verb and self.p.deps[c] in ("npadvmod", "compound", "nmod", "dep", "advmod", "amod") and self.p.words[verb - 1] == "-"]
            for c in before:
                self.g.add(verb, "obj", noun)
                self.g.add(verb, "hyph", c)
            return
        if any(self.g.alias.get(i) == noun for i in self.g.subtree(verb)):
            return
        if dep == "relcl":
            if not self.g.get(verb, "obj") and not self.g.passive[verb]:
                self.g.add(verb, "obj", noun)
        elif tag in ("VBN", "VBD"):
            self.g.add(verb, "obj", noun)
        elif tag == "VBG":
            self.g.add(verb, "subj", noun)

    def _adverbial_clause(self, verb: int, main: int) -> None:
        """ "Founded in 2016, Acme ..." and "..., putting Acme first": the main clause's subject is shared."""
        if self.g.get(verb, "subj") or (self.g.passive[verb] and self.g.get(verb, "obj")) or self.p.tags[verb] not in ("VBN", "VBG"):
            return
        for subject in self._surface_subjects(main):
            self.g.add(verb, "obj" if self.p.tags[verb] == "VBN" else "subj", subject)

    def _surface_subjects(self, verb: int) -> list[int]:
        return self.g.get(verb, "obj" if self.g.passive[verb] else "subj")

    def _controlled(self, verb: int, head: int, dep: str) -> None:
        """The subject of an infinitive or gerund is that of the verb that governs it."""
        if dep == "pcomp":
            head = self.p.heads[head]
        if not self.g.is_verb(verb) or self.g.get(verb, "subj") or (self.g.passive[verb] and self.g.get(verb, "obj")):
            return
        governor: int = head
        for _ in range(3):
            if self.g.is_verb(governor):
                break
            governor = self.p.heads[governor]
        for subject in self._surface_subjects(governor):
            self.g.add(verb, "obj" if self.g.passive[verb] else "subj", subject)

    def _coordinate(self, i: int, head: int) -> None:
        """Verbs share subjects (and a missing object), nouns share every role they stand in."""
        if self.g.is_verb(i) and self.g.is_verb(head):
            if not list(self.g.children(i, "nsubj", "nsubjpass", "expl")):
                for subject in list(self._surface_subjects(head)):
                    self.g.add(i, "obj" if self.g.passive[i] else "subj", subject)
            if not self.g.get(head, "obj") and not self.g.get(head, "attr") and i - head <= 3:
                for obj in list(self.g.get(i, "obj")):
                    self.g.add(head, "obj", obj)
            return
        for role, governors in list(self.g.out[head].items()):
            plain = role[1:]
            if role[0] == "^" and (plain in _SHARED or plain.startswith("prep:")):
                for governor in list(governors):
                    if governor != i:
                        self.g.add(governor, plain, i)
        if i < len(self.p.words) and not self.g.get(i, "of") and self.p.tags[i] in ("NN", "NNS"):
            for owner in self.g.get(head, "of"):
                if owner < head or owner > i:
                    self.g.add(i, "of", owner)

    def _identities(self, i: int) -> None:
        """Copulas, naming verbs and nouns beside names all say that two phrases mean one thing."""
        key = self.g.keys[i]
        if key in COPULAS:
            for subject in self.g.get(i, "subj"):
                for other in self.g.get(i, "attr"):
                    self.g.add(subject, "is", other)
        elif key in NAMING or (key == "serve" or key == "know") and self.g.get(i, "prep:as"):
            complements = self.g.get(i, "oprd") or self.g.get(i, "prep:as") or self.g.get(i, "attr")
            for named in self.g.get(i, "obj") or self.g.get(i, "subj"):
                for other in complements:
                    if other != named:
                        self.g.add(named, "is", other)
        if self.p.tags[i] in ("NNP", "NNPS"):
            for noun in [m for m in self.g.get(i, "mod") if m < i]:
                if self.p.tags[noun] in ("NN", "NNS", "JJ") and self.p.words[noun].islower():
                    self._noun_before_name(noun, i)

    def _noun_before_name(self, noun: int, name: int) -> None:
        """ "its rival Acme": the noun is what the owner has, the name says which."""
        if any(self.p.tags[k] in ("NN", "NNS") and self.p.words[k].islower() and self.p.heads[k] == name for k in range(noun + 1, name)):
            self.g.add(self._last_noun(noun, name), "mod", noun)
            return
        if noun + 1 < name and any(self.p.tags[k] not in ("NNP", "NNPS", "CD") and self.p.words[k] not in ('"', "“") for k in range(noun + 1, name)):
            return
        self.g.add(noun, "is", name)
        for owner in list(self.g.get(name, "of")):
            if owner < noun:
                self.g.add(noun, "of", owner)
        for other in self.g.get(name, "mod"):
            if other < noun:
                self.g.add(noun, "mod", other)

    def _last_noun(self, noun: int, name: int) -> int:
        return max(k for k in range(noun + 1, name) if self.p.tags[k] in ("NN", "NNS") and self.p.words[k].islower() and self.p.heads[k] == name)
