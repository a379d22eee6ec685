from __future__ import annotations

import numpy as np

from kg.extract.learned.classes import WEIGHT, voted
from kg.extract.learned.labels import VALUE_KINDS, Kind, Vocabulary
from kg.model import Mention, Span

KNOWN = Vocabulary((Kind("e:Firm", ("firm",)), Kind("e:Place", ("place",)), Kind("Date", VALUE_KINDS["Date"])), ())
NAME = Mention(Span(0, 5), "Arrol", "name", votes=(("e:Place", 0.5),))
VALUE = Mention(Span(9, 13), "2019", "value")


def test_what_the_model_is_sure_of_gets_its_whole_weight() -> None:
    made = voted([NAME, VALUE], {NAME.span: [np.array([9.0, -9.0, -9.0])]}, KNOWN)
    assert dict(made[0].votes) == {"e:Firm": round(WEIGHT, 3), "e:Place": 0.5}
    assert made[1] is VALUE


def test_votes_are_added_and_windows_averaged() -> None:
    made = voted([NAME], {NAME.span: [np.array([4.0, 4.0, -9.0]), np.array([2.0, 2.0, -9.0])]}, KNOWN)
    votes = dict(made[0].votes)
    assert votes["e:Place"] - votes["e:Firm"] == 0.5
    assert 0.9 * WEIGHT / 2 < votes["e:Firm"] < WEIGHT / 2


def test_no_class_and_values_get_no_votes() -> None:
    for scores in ([-9.0, -9.0, -9.0], [-9.0, -9.0, 9.0]):
        assert voted([NAME], {NAME.span: [np.array(scores)]}, KNOWN) == (NAME,)
    assert voted([NAME], {}, KNOWN) == (NAME,)
