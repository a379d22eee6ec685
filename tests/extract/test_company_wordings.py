"""The shipped ontology finds each property in the common wordings of business prose."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.annotate import ANNOTATORS
from kg.config import Settings
from kg.extract import EXTRACTORS
from kg.model import Document
from kg.ontology import Ontology
from kg.resolve.local import link

pytestmark = pytest.mark.model

Found = Callable[[str], set[str]]

WORDINGS = {
    "operatesIn": [
        "Halmbrook has operations in Spain.",
        "Halmbrook has a presence in Spain.",
        "Halmbrook is present in Spain.",
        "Halmbrook is active in Spain.",
        "Halmbrook does business in Spain.",
        "Halmbrook runs stores in Spain.",
        "Halmbrook sells its lamps in Spain.",
        "Halmbrook expanded into Spain.",
        "Halmbrook exports to Spain.",
        "Halmbrook serves customers in Spain.",
        "Halmbrook entered the market in Spain.",
        "Halmbrook ships to Spain.",
    ],
    "competesWith": [
        "Halmbrook's rivals include Dronta Ltd.",
        "Halmbrook's main competitor is Dronta Ltd.",
        "Halmbrook competes with Dronta Ltd.",
        "Halmbrook counts Dronta Ltd among its rivals.",
        "Dronta Ltd, a rival of Halmbrook, makes lamps.",
        "Halmbrook faces competition from Dronta Ltd.",
        "Halmbrook vies with Dronta Ltd for orders.",
        "Halmbrook and Dronta Ltd are competitors.",
        "Halmbrook's competitors are Dronta Ltd and others.",
    ],
    "partnerOf": [
        "Halmbrook works with Dronta Ltd.",
        "Halmbrook has teamed up with Dronta Ltd.",
        "Halmbrook entered into a partnership with Dronta Ltd.",
        "Halmbrook signed a cooperation agreement with Dronta Ltd.",
        "Halmbrook has partnered with Dronta Ltd.",
        "Halmbrook and Dronta Ltd formed a joint venture.",
        "Halmbrook joined forces with Dronta Ltd.",
        "Halmbrook collaborates with Dronta Ltd.",
    ],
    "acquired": [
        "Halmbrook took over Dronta Ltd.",
        "Halmbrook has completed the acquisition of Dronta Ltd.",
        "Halmbrook snapped up Dronta Ltd.",
        "Dronta Ltd was sold to Halmbrook.",
        "Dronta Ltd was bought by Halmbrook.",
        "Halmbrook's takeover of Dronta Ltd was completed.",
        "Halmbrook swallowed Dronta Ltd.",
        "Halmbrook purchased Dronta Ltd in 2012.",
    ],
    "investedIn": [
        "Halmbrook took a 30 per cent stake in Dronta Ltd.",
        "Halmbrook put 3 million euros into Dronta Ltd.",
        "Halmbrook led a funding round in Dronta Ltd.",
        "Halmbrook holds shares in Dronta Ltd.",
        "Halmbrook is an investor in Dronta Ltd.",
        "Dronta Ltd raised 3 million euros from Halmbrook.",
        "Halmbrook backs Dronta Ltd.",
    ],
    "parentOrganization": [
        "Dronta Ltd is a subsidiary of Halmbrook.",
        "Dronta Ltd belongs to Halmbrook.",
        "Dronta Ltd is part of Halmbrook.",
        "Dronta Ltd, a unit of Halmbrook, makes lamps.",
        "Halmbrook is the parent company of Dronta Ltd.",
        "Dronta Ltd is wholly owned by Halmbrook.",
        "Halmbrook's subsidiary Dronta Ltd makes lamps.",
        "Dronta Ltd, owned by Halmbrook, makes lamps.",
    ],
    "headquarters": [
        "Halmbrook is based in Leeds.",
        "Halmbrook has its headquarters in Leeds.",
        "Halmbrook, headquartered in Leeds, makes lamps.",
        "Halmbrook's head office is in Leeds.",
        "Halmbrook is at home in Leeds.",
        "Halmbrook moved its headquarters to Leeds.",
        "Halmbrook, of Leeds, makes lamps.",
    ],
    "founder": [
        "Mara Teal founded Halmbrook.",
        "Halmbrook was started by Mara Teal.",
        "Halmbrook's founder is Mara Teal.",
        "Mara Teal set up Halmbrook.",
        "Mara Teal co-founded Halmbrook.",
        "Mara Teal, who founded Halmbrook, left.",
        "Mara Teal established Halmbrook.",
        "Halmbrook was the idea of Mara Teal.",
    ],
    "worksFor": [
        "Mara Teal works for Halmbrook.",
        "Mara Teal joined Halmbrook.",
        "Mara Teal is chief executive of Halmbrook.",
        "Halmbrook hired Mara Teal.",
        "Halmbrook appointed Mara Teal as chief executive.",
        "Mara Teal heads Halmbrook.",
        "Mara Teal runs Halmbrook.",
        "Mara Teal, an engineer at Halmbrook, left.",
        "Mara Teal leads the design team at Halmbrook.",
        "Halmbrook chief executive Mara Teal said so.",
        "Mara Teal is employed by Halmbrook.",
        "Mara Teal took the helm at Halmbrook.",
    ],
    "revenue": [
        "Halmbrook had revenue of 3 million euros.",
        "Halmbrook posted sales of 3 million euros.",
        "Halmbrook's turnover was 3 million euros.",
        "Halmbrook generated 3 million euros in revenue.",
        "Halmbrook's sales rose to 3 million euros.",
        "Halmbrook's revenue reached 3 million euros.",
        "Halmbrook has annual sales of 3 million euros.",
        "Halmbrook took in 3 million euros.",
    ],
    "numberOfEmployees": [
        "Halmbrook employs 340 people.",
        "Halmbrook has 340 employees.",
        "Halmbrook has a workforce of 340.",
        "340 people work for Halmbrook.",
        "Halmbrook has a staff of 340.",
        "Halmbrook's headcount is 340.",
        "Halmbrook counts 340 employees.",
    ],
    "price": [
        "The Kite 300 costs 490 euros.",
        "The Kite 300 sells for 490 euros.",
        "The Kite 300 is priced at 490 euros.",
        "The Kite 300 retails at 490 euros.",
        "The price of the Kite 300 is 490 euros.",
        "The Kite 300 starts at 490 euros.",
        "The Kite 300 is available for 490 euros.",
        "The Kite 300 goes for 490 euros.",
        "Halmbrook sells the Kite 300 for 490 euros.",
        "Prices for the Kite 300 start at 490 euros.",
    ],
    "produces": [
        "Halmbrook makes the Kite 300.",
        "Halmbrook launched the Kite 300.",
        "Halmbrook's Kite 300 won a prize.",
        "The Kite 300 is made by Halmbrook.",
        "Halmbrook manufactures lamps.",
        "Halmbrook sells the Kite 300.",
        "Halmbrook is a maker of lamps.",
        "Halmbrook unveiled the Kite 300.",
        "Halmbrook introduced its Kite 300.",
        "Halmbrook specialises in lamps.",
        "Halmbrook brought out the Kite 300.",
        "Halmbrook's range includes the Kite 300.",
    ],
    "launchDate": [
        "The Kite 300 was launched in May 2012.",
        "The Kite 300 came out in May 2012.",
        "Halmbrook launched the Kite 300 in May 2012.",
        "The Kite 300 went on sale in May 2012.",
        "The Kite 300 has been on the market since May 2012.",
        "The Kite 300 hit the shops in May 2012.",
        "The Kite 300 was released in May 2012.",
        "The Kite 300 was introduced in May 2012.",
        "The Kite 300 has been available since May 2012.",
    ],
    "receivedAward": [
        "The Kite 300 won the Lumen Award.",
        "The Kite 300 earned a four-star rating for comfort.",
        "The Kite 300 received the Lumen Award.",
        "The Lumen Award went to the Kite 300.",
        "The Kite 300 was honoured with the Lumen Award.",
        "The Kite 300 took home the Lumen Award.",
        "The jury gave the Lumen Award to the Kite 300.",
        "The Kite 300 was named winner of the Lumen Award.",
        "The Kite 300, winner of the Lumen Award, costs 490 euros.",
        "The Kite 300 picked up the Lumen Award.",
        "The Kite 300 earned the Lumen Award.",
        "The Kite 300 has been awarded the Lumen Award.",
        "The Kite 300 scooped the Lumen Award.",
    ],
    "suppliedBy": [
        "Dronta Ltd supplies Halmbrook with motors.",
        "Halmbrook buys its motors from Dronta Ltd.",
        "Halmbrook's supplier is Dronta Ltd.",
        "Halmbrook sources its motors from Dronta Ltd.",
        "The motors of the Kite 300 come from Dronta Ltd.",
        "Dronta Ltd delivers motors to Halmbrook.",
        "Halmbrook gets its motors from Dronta Ltd.",
        "Dronta Ltd provides the motors for the Kite 300.",
        "Halmbrook is supplied by Dronta Ltd.",
    ],
    "developedBy": [
        "The Kite 300 was developed by Halmbrook.",
        "The Kite 300 was designed by Mara Teal.",
        "Mara Teal designed the Kite 300.",
        "Halmbrook developed the Kite 300.",
        "The Kite 300 is the work of Mara Teal.",
        "The Kite 300 was conceived by Mara Teal.",
        "The Kite 300 was created by Mara Teal.",
        "The Kite 300 was engineered by Halmbrook.",
    ],
    "presentedAt": [
        "The Kite 300 was shown at the Leeds Auto Show.",
        "Halmbrook presented the Kite 300 at the Leeds Auto Show.",
        "The Kite 300 made its debut at the Leeds Auto Show.",
        "The Kite 300 had its premiere at the Leeds Auto Show.",
        "The Kite 300 was on display at the Leeds Auto Show.",
        "The Kite 300 was unveiled at the Leeds Auto Show.",
        "Halmbrook exhibited the Kite 300 at the Leeds Auto Show.",
        "The Kite 300 celebrated its premiere at the Leeds Auto Show.",
    ],
    "targets": [
        "The Kite 300 is aimed at young families.",
        "The Kite 300 targets young families.",
        "The Kite 300 is designed for young families.",
        "The Kite 300 is intended for young families.",
        "The Kite 300 is made for young families.",
        "Halmbrook makes lamps for young families.",
        "The Kite 300 is geared towards young families.",
        "The Kite 300 addresses young families.",
        "The Kite 300 is tailored to young families.",
    ],
    "hasFeature": [
        "The Kite 300 has a thermal camera.",
        "The Kite 300 comes with a thermal camera.",
        "The Kite 300 features a thermal camera.",
        "The Kite 300 is equipped with a thermal camera.",
        "The Kite 300 offers a thermal camera.",
        "The Kite 300 includes a thermal camera.",
        "The Kite 300 uses a thermal camera.",
        "The Kite 300 carries a thermal camera.",
        "The Kite 300 boasts a thermal camera.",
        "The Kite 300 is fitted with a thermal camera.",
        "The Kite 300 relies on a thermal camera.",
    ],
    "sponsors": [
        "Halmbrook sponsors the Leeds Marathon.",
        "Halmbrook is a sponsor of the Leeds Marathon.",
        "The Leeds Marathon is sponsored by Halmbrook.",
        "Halmbrook supports the Leeds Marathon as main sponsor.",
        "Halmbrook is the title sponsor of the Leeds Marathon.",
        "Halmbrook funds the Leeds Marathon.",
    ],
    "hasBrand": [
        "Halmbrook owns the brand Lumo.",
        "Lumo is a brand of Halmbrook.",
        "Halmbrook's brand Lumo is new.",
        "The Lumo brand belongs to Halmbrook.",
        "Halmbrook markets its lamps under the Lumo brand.",
        "Halmbrook's brands include Lumo.",
    ],
    "pursues": [
        "Halmbrook pursues a low-price strategy.",
        "Halmbrook follows a strategy of slow growth.",
        "Halmbrook's strategy is slow growth.",
        "Halmbrook aims to become a premium brand.",
        "Halmbrook focuses on direct sales.",
        "Halmbrook's goal is to become carbon neutral.",
        "Halmbrook bets on direct sales.",
    ],
    "eventDate": [
        "The Leeds Auto Show takes place in May 2012.",
        "The Leeds Auto Show was held on 3 May 2012.",
        "The Leeds Auto Show ran from 3 May 2012.",
        "The Leeds Auto Show opens on 3 May 2012.",
        "The Leeds Auto Show, held in May 2012, was full.",
        "The Leeds Auto Show in May 2012 was full.",
    ],
}
# What a wording is easily taken for.
NOT_SAID = {
    "Halmbrook is a customer of Dronta Ltd.": "targets",
    "The Kite 300 features a thermal camera.": "presentedAt",
    "Dronta Ltd delivers motors to Halmbrook.": "operatesIn",
}

PLACES = {
    "Halmbrook opened in Leeds, England.": True,
    "Vienna, Ljubljana, Venice.": False,
    "The shops are Leeds, York and Hull.": False,
    "Markets: Georgia, Armenia, Bolivia.": False,
    "Export is France and Spain, where Halmbrook has dealers.": False,
}


@pytest.fixture(scope="module")
def found(company: Ontology) -> Found:
    """The properties of what a sentence asserts."""
    annotator = ANNOTATORS["spacy"](Settings().model, company)
    extractor = EXTRACTORS["rules"](company, annotator.phrases, annotator.version)

    def read(text: str) -> set[str]:
        annotation = annotator.annotate(Document("sentence", text, "sentence.txt"))
        statements = link(annotation, *extractor.extract(annotation), company).statements
        return {s.predicate.rpartition("#")[2] for s in statements if s.stance == "asserted"}

    return read


@pytest.mark.parametrize(("prop", "text"), [(prop, text) for prop, texts in WORDINGS.items() for text in texts])
def test_a_common_wording_is_found(found: Found, prop: str, text: str) -> None:
    assert prop in found(text)


@pytest.mark.parametrize(("text", "prop"), NOT_SAID.items())
def test_a_wording_is_not_taken_for_another(found: Found, text: str, prop: str) -> None:
    assert prop not in found(text)


def test_a_firm_is_no_person_for_being_a_neighbour(found: Found) -> None:
    assert found("Kestrel Dairy bought its neighbour, Lowfield Creamery, in 2018.") == {"acquired"}


@pytest.mark.parametrize(("text", "is_in"), PLACES.items())
def test_a_list_of_places_does_not_say_where_they_are(found: Found, text: str, is_in: bool) -> None:
    assert ("locatedIn" in found(text)) is is_in
