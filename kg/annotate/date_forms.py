"""The forms that a date is written in, as one expression that tries them in order."""

from __future__ import annotations

import re

from kg.annotate.amounts import SMALL_NUMBER
from kg.annotate.text import GAP

_FULL_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_SHORT_MONTH = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
MONTH = rf"(?:(?:{_FULL_MONTH}|{_FULL_MONTH.upper()})(?!\w)|(?:{_SHORT_MONTH})(?!\w)\.?)"
_WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_SEASON = "(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)"
DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
ANY_YEAR = "(?:1[5-9][0-9]{2}|20[0-9]{2}|2100)"
YEAR = rf"{ANY_YEAR}(?![\w%]|[.,'’][0-9])"
_SOME_YEAR = rf"(?:{YEAR}|(?:this|last|next|that|the{GAP}same){GAP}year\b)"
TO = rf"(?:{GAP}?[-–—]{GAP}?|{GAP}(?:to|and|or|until|through){GAP})"
_VAGUE = rf"(?:(?:[Ee]arly|[Ll]ate|[Mm]id)(?:{GAP}|-))"
_COUNT = rf"(?:[0-9]{{1,3}}|[Aa]n?|(?:{SMALL_NUMBER})(?:-(?:one|two|three|four|five|six|seven|eight|nine))?)"
_ORDINAL = "(?:st|nd|rd|th)?"
NTH = r"(?:st|nd|rd|th|\.)?"
_LEAD = rf"(?:{_WEEKDAY},?{GAP}(?:the{GAP})?)?"

# In the order in which they are tried at a place; the groups of one form bear its name.
_FORMS = {
    "iso": rf"(?P<iso_y>{ANY_YEAR})[-/](?P<iso_m>[0-9]{{2}})(?:[-/](?P<iso_d>[0-9]{{2}}))?(?:(?=T[0-9])|(?![\w/-]))",
    "numeric": rf"(?P<num_a>[0-9]{{1,2}})(?P<num_s>[./])(?P<num_b>[0-9]{{1,2}})(?P=num_s)(?P<num_y>{YEAR})",
    "dmy": rf"{_LEAD}(?P<dmy_d>{DAY}){NTH}(?:{TO}{DAY}{NTH})?{GAP}(?:of{GAP})?(?P<dmy_m>{MONTH})"
    rf"(?:,?{GAP}(?:of{GAP})?(?P<dmy_y>{_SOME_YEAR}))?",
    "mdy": rf"{_LEAD}(?P<mdy_m>{MONTH}){GAP}(?:the{GAP})?(?P<mdy_d>{DAY}){_ORDINAL}(?:{TO}{DAY}{_ORDINAL})?"
    rf"(?![\w%€$£]|[.,:/-][0-9])(?:,?{GAP}(?P<mdy_y>{_SOME_YEAR}))?",
    "my": rf"{_VAGUE}?(?P<my_m>{MONTH})(?:,|{GAP}of)?{GAP}(?P<my_y>{_SOME_YEAR})",
    "season": rf"{_VAGUE}?(?:{_SEASON}|Christmas|Easter)(?:{GAP}of)?{GAP}(?P<season_y>{_SOME_YEAR})(?![-–/][0-9])",
    "relative": rf"(?P<rel_w>[Tt]his(?:{GAP}past)?|[Ll]ast|[Nn]ext|[Tt]hat(?:{GAP}same)?"
    rf"|[Tt]he{GAP}(?:following|next|previous|preceding|same)){GAP}"
    rf"(?P<rel_u>day|week|month|year|{_SEASON}|{_FULL_MONTH}|{_WEEKDAY})(?!\w)",
    "distance": rf"(?P<dist_n>{_COUNT}){GAP}(?P<dist_u>day|week|month|year|decade)s?{GAP}"
    rf"(?P<dist_w>ago|earlier|later|afterwards|previously|(?:after|before){GAP}that)(?!\w)",
    "today": r"(?P<today_w>[Tt]oday|[Tt]onight|[Yy]esterday|[Tt]omorrow)(?!\w|['’]s)",
    "fiscal": rf"(?:FY[ '’-]?|(?:Q[1-4]|H[12])[ /-])(?P<fiscal_y>{YEAR}|(?<=FY)[0-9]{{2}}(?!\w))",
    "vague": rf"{_VAGUE}(?P<vague_y>{YEAR})",
    "month": rf"{_VAGUE}?(?P<month_m>{_FULL_MONTH}|{_FULL_MONTH.upper()})(?!\w)",
    "weekday": rf"(?P<weekday_d>{_WEEKDAY})(?!\w)",
    "year": rf"(?P<year_y>{YEAR})",
}
DATE = re.compile(r"(?<!\w)(?<![0-9][.,:])(?:" + "|".join(f"(?P<{name}>{form})" for name, form in _FORMS.items()) + ")")
