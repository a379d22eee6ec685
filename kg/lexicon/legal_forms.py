"""Legal forms of firms, as they stand behind a name: "plc", "S.p.A.", "d.o.o.", "Co., Ltd."."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FORMS = (
    # Germanic, Nordic, Finnish
    "AG SE GmbH KG KGaA eG eGen OHG UG gGmbH e.V. e.K. AB ABp AS ASA A/S ApS IVS K/S Oy Oyj Ab hf. ehf. "
    "BV B.V. NV N.V. VOF "
    # English
    "Ltd Ltd. Limited Inc Inc. Corp Corp. LLC L.L.C. LLP LP plc PLC Plc CIC Pty ULC "
    # Romance
    "SA S.A. S/A SpA S.p.A. Srl SRL S.r.l. SAS S.A.S. SARL S.A.R.L. SNC SCOP S.L. SL S.L.U. S.A.U. Lda Lda. Ltda Ltda. "
    # Slavic, Baltic, Hungarian, Turkish
    "d.o.o. d.d. a.s. s.r.o. j.s.c. JSC PJSC OOO Kft Kft. Zrt Zrt. Nyrt Nyrt. Bt. OÜ SIA UAB EOOD OOD A.Ş. "
    # Asian
    "KK K.K. GK Bhd Tbk"
).split()
_LONGER = (
    r"sp\. z o\.\s?o\.",
    r"spol\. s r\.\s?o\.",
    r"S\.A\. de C\.V\.",
    r"S\. de R\.L\.",
    r"Co\.,? (?:Ltd|KG|Inc)\.?",
    r"GmbH & Co\.? KG(?:aA)?",
    r"AG & Co\.? KG(?:aA)?",
    r"\(?Pvt\.?\)? (?:Ltd|Limited)\.?",
    r"Pte\.? (?:Ltd|Limited)\.?",
    r"Pty\.? (?:Ltd|Limited)\.?",
    r"Sdn\.? Bhd\.?",
)
_BEHIND = re.compile(
    r",?[ \u00a0](?:" + "|".join((*_LONGER, *map(re.escape, sorted(_FORMS, key=len, reverse=True)))) + r")(?!\w)"
)


def end_with_form(text: str, end: int) -> int:
    """The offset where a name that ends at `end` ends with the legal form behind it; `end` if there is none."""
    found = _BEHIND.match(text, end)
    return found.end() if found else end


def has_form(name: str) -> bool:
    """Whether a name ends in a legal form."""
    return any(found.end() == len(name) for found in _BEHIND.finditer(name))


# Families of forms that stand for one another, as their letters alone: "S.p.A." is "spa".
_FAMILIES = {
    "ltd": "ltd|limited|co ltd|co limited|pvt ltd|private limited|pvt limited|pty ltd|pty limited|pte ltd|pte limited",
    "inc": "inc|incorporated|corp|corporation|co inc",
    "llc": "llc|ulc",
    "llp": "llp|lp",
    "plc": "plc|cic|public limited company",
    "gmbh": "gmbh|ggmbh|gesellschaft mit beschrankter haftung",
    "ag": "ag|aktiengesellschaft|kgaa|gmbh co kgaa|ag co kgaa|se",
    "kg": "kg|ohg|ug haftungsbeschrankt|gmbh co kg|ag co kg|co kg|kommanditgesellschaft",
    "ev": "ev|egen",
    "ab": "ab|abp|aktiebolag",
    "as": "as|asa|aps|ivs|ks|aksjeselskap|aktieselskab",
    "oy": "oy|oyj|oy ab|osakeyhtio",
    "hf": "hf|ehf",
    "bv": "bv|nv|vof",
    "sa": "sa|sas|sa cv|sab cv|sau|snc|scop|sociedad anonima|societe anonyme",
    "spa": "spa|societa per azioni",
    "srl": "srl|sarl|sl|slu|s rl|s rl cv|lda|ltda|limitada",
    "doo": "doo|dd|eood|ood",
    "sro": "sro|spol sro|spol s ro",
    "spzoo": "sp z oo|sp zoo|spolka z oo",
    "kft": "kft|bt",
    "zrt": "zrt|nyrt",
    "ou": "ou|sia|uab",
    "ooo": "ooo|tov",
    "pao": "pao|oao|zao|ao|jsc|pjsc|ojsc|cjsc",
    "kk": "kk|kabushiki kaisha|gk",
    "bhd": "bhd|sdn bhd",
    "tbk": "tbk|pt|pt tbk",
}
_FAMILY = {tuple(form.split()): family for family, forms in _FAMILIES.items() for form in forms.split("|")}
_LONGEST = max(map(len, _FAMILY))
_BEFORE = frozenset("ooo tov pao oao zao ao pt".split())
# Forms written without a space: Chinese, Japanese, Korean.
_JOINED = (
    ("pao", "股份有限公司"),
    ("ltd", "有限责任公司"),
    ("ltd", "有限公司"),
    ("kk", "株式会社"),
    ("kk", "合同会社"),
    ("kk", "有限会社"),
    ("kk", "(株)"),
    ("ltd", "주식회사"),
    ("ltd", "(주)"),
)


def split_form(words: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """The words of a name without its legal form, and the family of that form, "" where there is none.

    words: folded, without dots, so that "S.p.A." is one word. A name that is a form and nothing else stays as it is.
    """
    left, family = tuple(words), ""
    if len(left) > 1 and left[0] in _BEFORE:
        left, family = left[1:], _FAMILY[left[:1]]
    for length in range(min(_LONGEST, len(left) - 1), 0, -1):
        if left[-length:] in _FAMILY:
            return left[:-length], family or _FAMILY[left[-length:]]
    return left, family


def split_joined_form(name: str) -> tuple[str, str]:
    """The same for names in Chinese, Japanese and Korean, before or behind which the form is written."""
    for family, form in _JOINED:
        rest = name.removeprefix(form).removesuffix(form).strip()
        if rest and rest != name:
            return rest, family
    return name, ""
