"""General English that ties nouns to the sentences that say the same: author - write, length - long, birth - born.

It serves properties of which nothing is known but their labels (`kg.extract.labels`). Entries are words of any domain,
kept to what a dictionary would give; ?s has ?o as its NOUN.
"""

from __future__ import annotations

# A relational noun in the singular, and wordings of "?s has the NOUN ?o" that do not use the noun.
NOUNS: dict[str, tuple[str, ...]] = {}


def _entry(nouns: str, *wordings: str) -> None:
    for noun in nouns.split("/"):
        NOUNS[noun] = (*NOUNS.get(noun, ()), *wordings)


# Family and life.
_entry("spouse/wife/husband", "?s married ?o", "?s is married to ?o", "?o is the wife of ?s", "?o is the husband of ?s")
_entry("child", "?o is the son of ?s", "?o is the daughter of ?s", "?s is the father of ?o", "?s is the mother of ?o")
_entry("father", "?s is the son of ?o", "?s is the daughter of ?o")
_entry("mother", "?s is the son of ?o", "?s is the daughter of ?o")
_entry("parent", "?s is the son of ?o", "?s is the daughter of ?o", "?o is the father of ?s", "?o is the mother of ?s")
_entry("sibling", "?o is the brother of ?s", "?o is the sister of ?s")
_entry(
    "nationality/citizenship", "?s is a citizen of ?o", "?s is a national of ?o", "?s is from ?o", "?s comes from ?o"
)
_entry("residence/home", "?s lives in ?o", "?s resides in ?o", "?s resided in ?o", "?s lived in ?o")
_entry("religion", "?s practises ?o", "?s follows ?o")
# Work and education.
_entry("occupation/profession/job", "?s works as ?o", "?s worked as ?o", "?s served as ?o", "?s is ?o")
_entry("position/office/post/function", "?s serves as ?o", "?s holds the office of ?o", "?s is ?o", "?s was elected ?o")
_entry("office/position", "?s works as ?o", "?s served as ?o", "?s worked as ?o")
_entry("employer", "?s works for ?o", "?s works at ?o", "?s joined ?o", "?o employed ?s")
_entry("alma mater/school/university", "?s studied at ?o", "?s graduated from ?o", "?s attended ?o")
_entry("alma mater", "?s was educated at ?o", "?s is an alumnus of ?o", "?s is a graduate of ?o")
_entry("education", "?s studied at ?o", "?s graduated from ?o", "?s attended ?o", "?s was educated at ?o")
_entry("field/discipline/speciality", "?s works in the field of ?o", "?s studies ?o", "?s specialises in ?o")
_entry("discipline/subject/topic", "?s is about ?o", "?s deals with ?o", "?s covers ?o")
_entry("award/prize/medal/honour", "?s won ?o", "?s received ?o", "?s was awarded ?o", "?s was honoured with ?o")
# Groups.
_entry("member", "?o is a member of ?s", "?o belonged to ?s", "?o joined ?s")
_entry("party", "?s is a member of ?o", "?s belongs to ?o", "?s joined ?o", "?s represented ?o")
_entry("club/team", "?s plays for ?o", "?s played for ?o", "?s represented ?o", "?s is a member of ?o", "?s joined ?o")
_entry(
    "club/team",
    "?s signed for ?o",
    "?s is a * for ?o",
    "?s is a * at ?o",
    "?s is a player of ?o",
    "?s is attached to ?o",
)
_entry("band/group", "?s plays with ?o", "?s played with ?o", "?s is a member of ?o", "?s performed with ?o")
_entry("league/division/competition", "?s plays in ?o", "?s played in ?o", "?s competes in ?o", "?s is in ?o")
_entry("season/tournament", "?s played in ?o", "?s competed in ?o", "?s took part in ?o")
_entry("champion", "?o won ?s", "?o are the champions of ?s")
_entry("participant", "?o participated in ?s", "?o took part in ?s", "?o fought in ?s")
_entry("battle/conflict/war", "?s fought in ?o", "?s took part in ?o", "?s served in ?o", "?s participated in ?o")
_entry("branch/unit", "?s served in ?o", "?s served with ?o")
_entry("ground/stadium/arena/venue", "?s plays at ?o", "?s is based at ?o")
_entry("tenant", "?o occupied ?s", "?o is based at ?s", "?o played at ?s")
_entry("leader/head", "?o led ?s", "?o is in charge of ?s", "?o headed ?s", "?o ran ?s", "?o governed ?s")
_entry("chairman/chairperson/chairwoman/chair", "?o chaired ?s")
_entry("manager", "?o managed ?s", "?o ran ?s")
_entry("coach/trainer", "?o coached ?s", "?o trained ?s")
_entry("mentor/advisor/adviser/supervisor", "?o advised ?s", "?o supervised ?s")
_entry("deputy", "?o is the deputy to ?s")
_entry("successor", "?s was succeeded by ?o", "?o succeeded ?s", "?s was followed by ?o", "?o replaced ?s")
_entry("successor", "?s was replaced by ?o", "?s came before ?o")
_entry("predecessor", "?o preceded ?s", "?s succeeded ?o", "?s replaced ?o", "?s followed ?o", "?s came after ?o")
_entry("owner", "?o owned ?s", "?s belongs to ?o", "?o bought ?s", "?o acquired ?s")
_entry("parent company/parent organization/parent organisation", "?s is a subsidiary of ?o", "?o owned ?s")
_entry("subsidiary", "?o is part of ?s", "?s is the parent of ?o", "?s owns ?o")
_entry("founder", "?o founded ?s", "?o established ?s", "?o started ?s", "?o set up ?s")
_entry("affiliation", "?s is affiliated with ?o", "?s is affiliated to ?o", "?s belongs to ?o", "?s is a member of ?o")
# What is made, and by whom.
_entry("author/writer/screenwriter", "?o wrote ?s", "?s was penned by ?o", "?o is the writer of ?s", "?s is a * by ?o")
_entry("author/writer/creator", "?o is the author of ?s", "?s is by ?o")
_entry("composer", "?o composed ?s", "?o wrote the music for ?s", "?s is a * by ?o")
_entry(
    "artist/performer/singer",
    "?o recorded ?s",
    "?o sang ?s",
    "?o performed ?s",
    "?s is by ?o",
    "?o created ?s",
    "?s is a * by ?o",
)
_entry("director/film director", "?o directed ?s", "?s is a * by ?o")
_entry("producer", "?o produced ?s")
_entry("cinematography/cinematographer", "?o photographed ?s", "?o shot ?s", "?o is the cinematographer of ?s")
_entry("starring/actor/cast member/cast/star", "?s stars ?o", "?s features ?o", "?o starred in ?s", "?o appeared in ?s")
_entry("starring/actor/cast member/cast", "?o acted in ?s", "?o played in ?s", "?o is the star of ?s", "?s starred ?o")
_entry("voice", "?o voiced ?s")
_entry("character", "?s features ?o", "?o appeared in ?s", "?o is a character in ?s")
_entry("publisher", "?o published ?s", "?o released ?s")
_entry("editor", "?o edited ?s")
_entry("translator", "?o translated ?s")
_entry("illustrator", "?o illustrated ?s")
_entry("creator", "?o created ?s", "?o invented ?s", "?o devised ?s", "?o painted ?s", "?o made ?s", "?o drew ?s")
_entry("inventor/discoverer", "?o invented ?s", "?o discovered ?s", "?o found ?s")
_entry("architect/designer", "?o designed ?s", "?s is a * by ?o")
_entry("builder", "?o built ?s", "?o constructed ?s")
_entry("manufacturer/maker", "?o made ?s", "?o manufactured ?s", "?o produced ?s")
_entry("developer", "?o developed ?s", "?o created ?s")
_entry("operator", "?o operated ?s", "?o ran ?s")
_entry("distributor", "?o distributed ?s", "?o released ?s")
_entry("network/broadcaster/channel", "?s aired on ?o", "?s was broadcast on ?o", "?o broadcast ?s")
_entry(
    "record label/label", "?s was released by ?o", "?s was released on ?o", "?s is signed to ?o", "?s recorded for ?o"
)
_entry("record label/label", "?s signed with ?o", "?s was signed by ?o", "?s is on ?o")
_entry(
    "product", "?s produces ?o", "?s makes ?o", "?s manufactures ?o", "?s offers ?o", "?s sells ?o", "?o is made by ?s"
)
_entry("service", "?s offers ?o", "?s provides ?o", "?s operates ?o")
_entry("industry/sector", "?s is in the ?o industry", "?s operates in the ?o industry", "?s is in the ?o sector")
_entry("customer/client", "?s supplies ?o", "?s works for ?o", "?s sells to ?o", "?o bought from ?s")
_entry("supplier", "?o supplied ?s", "?s buys from ?o")
_entry("employee/staff member", "?o works for ?s", "?o worked for ?s", "?o is employed by ?s", "?o joined ?s")
_entry("partner/business partner", "?s works with ?o", "?s partnered with ?o", "?s collaborates with ?o")
_entry("shareholder/stakeholder", "?o holds shares in ?s", "?o has a stake in ?s", "?o owns a stake in ?s")
_entry("brand/trademark", "?s owns the brand ?o", "?s sells the brand ?o", "?o is a brand of ?s")
_entry("competitor/rival", "?s competes with ?o")
_entry("investor", "?o invested in ?s")
_entry("sponsor", "?o sponsored ?s")
_entry("notable work/work", "?s wrote ?o", "?s created ?o", "?s is known for ?o", "?s composed ?o", "?s painted ?o")
# What a thing is like, and what it consists of.
_entry("genre/style", "?s plays ?o", "?s performs ?o", "?s is a work of ?o")
_entry("genre", "?s plays ?o", "?s performs ?o", "?s is an exponent of ?o")
_entry("architectural style/style", "?s was built in the style of ?o", "?s was designed in the ?o style")
_entry("instrument", "?s plays ?o", "?s played ?o")
_entry("ingredient/component/content", "?s contains ?o", "?s includes ?o", "?s has ?o", "?s is made with ?o")
_entry(
    "ingredient/component",
    "?s is made from ?o",
    "?s uses ?o",
    "?s requires ?o",
    "?s is made of ?o",
    "?s consists of ?o",
)
_entry("ingredient/component", "?o is used in ?s", "?o is found in ?s", "?o is an ingredient in ?s")
_entry("material", "?s is made of ?o", "?s is made from ?o", "?s was built of ?o", "?s consists of ?o")
_entry("engine/power source", "?s is powered by ?o", "?s has ?o", "?o powered ?s", "?s uses ?o")
_entry("language", "?s is written in ?o", "?o is spoken in ?s", "?s speaks ?o", "?o is the language of ?s")
_entry("language", "?o is used in ?s", "?s uses ?o")
_entry("currency", "?s uses ?o", "?o is used in ?s")
_entry("operating system", "?s runs ?o", "?s uses ?o", "?s shipped with ?o")
_entry(
    "platform", "?s was ported to ?o", "?s runs on ?o", "?s was released for ?o", "?s is available for ?o", "?s for ?o"
)
_entry("medium/format", "?s is available in ?o", "?s was published in ?o", "?s appeared in ?o")
_entry("series", "?s is part of ?o", "?s belongs to ?o", "?s appears in ?o")
_entry("album", "?s is from ?o", "?s appears on ?o", "?s is on ?o", "?s is taken from ?o")
_entry("variation/variant", "?o is a variation of ?s", "?o is a variant of ?s", "?o is a type of ?s")
_entry("alternative name/other name/alias/nickname", "?s is also known as ?o", "?s is known as ?o", "?s is called ?o")
_entry("alternative name/nickname", "?s is nicknamed ?o", "?s is also called ?o")
_entry("full name/long name/official name/birth name", "?s's full name is ?o", "?s was born ?o")
_entry("former name/old name", "?s was formerly called ?o", "?s was formerly known as ?o", "?s was once called ?o")
_entry("abbreviation/acronym/short name", "?s is abbreviated to ?o", "?o is the abbreviation of ?s")
_entry("mission", "?s flew on ?o", "?s was a crew member of ?o", "?s served on ?o", "?s was a member of the ?o crew")
_entry("crew member/passenger", "?o flew on ?s")
_entry("cause", "?s died of ?o", "?s was caused by ?o")
# Places.
_entry("origin/country of origin", "?s comes from ?o", "?s is from ?o", "?s originated in ?o", "?s originates from ?o")
_entry("origin", "?s came from ?o", "?s hails from ?o", "?s has its origins in ?o", "?s derives from ?o")
_entry(
    "headquarter/headquarters/seat", "?s is headquartered in ?o", "?s is based in ?o", "?s has its headquarters in ?o"
)
_entry("jurisdiction", "?s governs ?o", "?s administers ?o")
_entry("destination/area served", "?s serves ?o", "?s flies to ?o")

# Labels that say where a thing is, and how sentences say it.
PLACES = frozenset(
    "place location site city town village country nation state province region district county municipality borough "
    "area continent island territory locality neighbourhood prefecture settlement parish".split()
)
WHERE = (
    "?s is in ?o",
    "?s is located in ?o",
    "?s lies in ?o",
    "?s is situated in ?o",
    "?s is found in ?o",
    "?s is based in ?o",
    "?s stands in ?o",
    "?s is located at ?o",
    "?s is a * in ?o",
)
NEXT_TO = ("?s , ?o", "?s in ?o")
FROM = ("?s comes from ?o", "?s is from ?o", "?s originates from ?o", "?s is made in ?o", "?s is a * from ?o")

# A noun of an event, and the clauses that tell of it; what dates or places the event is added to them.
EVENTS: dict[str, tuple[str, ...]] = {
    "birth": ("?s was born",),
    "death": ("?s died", "?s passed away"),
    "burial": ("?s was buried",),
    "foundation": ("?s was founded", "?s was established", "?s was formed"),
    "founding": ("?s was founded", "?s was established", "?s was formed"),
    "formation": ("?s was formed", "?s was founded", "?s formed"),
    "establishment": ("?s was established", "?s was founded"),
    "inception": ("?s was founded", "?s was established", "?s was created", "?s began"),
    "dissolution": ("?s was dissolved", "?s closed"),
    "completion": ("?s was completed", "?s was finished"),
    "construction": ("?s was built", "?s was constructed"),
    "building": ("?s was built", "?s was constructed"),
    "inauguration": ("?s was inaugurated", "?s was opened"),
    "opening": ("?s opened", "?s was opened"),
    "closing": ("?s closed", "?s was closed"),
    "release": ("?s was released", "?s came out"),
    "publication": ("?s was published", "?s was released", "?s came out", "?s appeared"),
    "production": ("?s was produced", "?s was made", "?s was built"),
    "assembly": ("?s was assembled", "?s was built", "?s was made"),
    "manufacture": ("?s was manufactured", "?s was made"),
    "recording": ("?s was recorded",),
    "filming": ("?s was filmed", "?s was shot"),
    "launch": ("?s was launched", "?s launched"),
    "discovery": ("?s was discovered", "?s was found"),
    "invention": ("?s was invented",),
    "retirement": ("?s retired",),
    "marriage": ("?s married",),
    "christening": ("?s was christened",),
    "work": ("?s worked", "?s works"),
    "narrative": ("?s is set", "?s takes place"),
    "graduation": ("?s graduated",),
    "election": ("?s was elected",),
    "appointment": ("?s was appointed",),
    "introduction": ("?s was introduced",),
    "delivery": ("?s was delivered",),
    "acquisition": ("?s was acquired", "?s was bought"),
    "start": ("?s started", "?s began"),
    "end": ("?s ended", "?s finished"),
    "decision": ("?s was decided",),
    "departure": ("?s left", "?s departed"),
    "arrival": ("?s arrived",),
}

# Events of which a year before the noun tells: "a 2007 film".
DATED = frozenset(("publication", "release"))

# A quantity, and how sentences give it without its noun; ?o is the number.
QUANTITIES: dict[str, tuple[str, ...]] = {
    "length": ("?s is ?o long", "?s is ?o * long"),
    "height": ("?s is ?o tall", "?s is ?o * tall", "?s is ?o * high"),
    "width": ("?s is ?o wide", "?s is ?o * wide"),
    "depth": ("?s is ?o deep", "?s is ?o * deep"),
    "beam": ("?s is ?o * wide",),
    "age": ("?s is ?o years old",),
    "weight": ("?s weighs ?o", "?s weighs ?o *"),
    "mass": ("?s weighs ?o", "?s weighs ?o *"),
    "cost": ("?s cost ?o", "?s cost ?o *"),
    "price": ("?s costs ?o", "?s costs ?o *"),
    "elevation": ("?s is ?o * above sea level", "?s is located ?o * above sea level", "?s lies ?o * above sea level"),
    "altitude": ("?s is ?o * above sea level", "?s is located ?o * above sea level", "?s lies ?o * above sea level"),
    "population": ("?s has ?o inhabitants", "?s has ?o people"),
    "area": ("?s covers ?o *", "?s covers an area of ?o *"),
    "duration": ("?s lasts ?o *", "?s lasted ?o *", "?s is ?o * long"),
    "runtime": ("?s lasts ?o *", "?s runs for ?o *", "?s is ?o * long"),
    "capacity": ("?s holds ?o *", "?s seats ?o *", "?s has room for ?o *"),
    "staff": ("?s employs ?o people", "?s has ?o employees"),
    "revenue": ("?s made ?o in sales",),
}
# Forms of units, each by itself and by the other forms that texts have.
UNITS: dict[str, tuple[str, ...]] = {
    form: tuple(forms.split())
    for forms in (
        "metres metre meters meter m",
        "feet foot ft",
        "kilometres kilometre kilometers kilometer km",
        "miles mile mi",
        "inches inch in",
        "centimetres centimetre centimeters centimeter cm",
        "millimetres millimetre millimeters millimeter mm",
        "kilograms kilogram kilogrammes kg",
        "grams gram g",
        "tonnes tonne tons ton t",
        "litres litre liters liter l",
        "seconds second s",
        "minutes minute min",
        "hours hour h",
        "days day",
        "years year",
        "kelvins kelvin k",
        "percent %",
    )
    for form in forms.split()
    if form != "in"
}

# Nouns in -er and -or that are made of no verb, or of one that means something else.
NO_AGENTS = frozenset(
    "number member order river mayor minister officer mother father brother sister character chapter tower flower "
    "counter meter border power matter poster partner chancellor senator governor former corner letter manner colour "
    "color quarter headquarter center sector factor vector author career layer tenor honor honour minor major superior "
    "water paper computer newspaper September October November December".lower().split()
)

# British spellings, and the American ones that texts have as well.
_ENDINGS = (("isation", "ization"), ("ise", "ize"), ("our", "or"), ("tre", "ter"), ("ogue", "og"))
_KEPT = frozenset(
    "advertise arise comprise concise course court cruise disguise enterprise exercise expertise flour "
    "four franchise hour journal likewise noise otherwise our paradise pour praise precise premise "
    "promise raise resource revise rise sour source supervise surprise tour wise your".split()
)


def american(phrase: str) -> str:
    """The phrase in American spelling; as it is where nothing is spelled otherwise."""
    return " ".join(_american(word) for word in phrase.split(" "))


def _american(word: str) -> str:
    if word in _KEPT or word.startswith("?"):
        return word
    plain = word.removesuffix("s")
    for british, there in _ENDINGS:
        if plain.endswith(british) and plain not in _KEPT and len(plain) > len(british) + 2:
            return plain[: -len(british)] + there + word[len(plain) :]
    return word
