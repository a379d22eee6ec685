"""Legal forms of firms, as they stand behind a name: "plc", "S.p.A.", "d.o.o.", "Co., Ltd."."""

from __future__ import annotations

import re

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
