"""What a model file says of itself, read without loading the model."""

from __future__ import annotations

import json
import math
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import error as zlib_error

from kg.config import GENERAL
from kg.errors import ModelError

META = "model.json"
SHIPPED = Path(__file__).with_name("general.kgm")
FORMAT = 3


@dataclass(frozen=True, slots=True)
class Card:
    """Name, hash, format and whatever else stands in the file: ontology, labels, scores, licence of the data."""

    facts: dict[str, Any]

    @property
    def name(self) -> str:
        """What the model is called."""
        return str(self.facts.get("name", "learned"))

    @property
    def calibration(self) -> tuple[float, float]:
        """Slope and shift that make chances of scores; see `kg.train.calibrate`."""
        slope, shift = self.facts.get("calibration", (1.0, 0.0))
        return float(slope), float(shift)

    def chance(self, score: float) -> float:
        """How likely what has a score is right."""
        slope, shift = self.calibration
        return 1 / (1 + math.exp(-slope * score - shift))

    def score(self, chance: float) -> float:
        """The score that stands for a chance."""
        slope, shift = self.calibration
        return (math.log(chance / (1 - chance)) - shift) / slope

    @property
    def reads_unsaid(self) -> bool:
        """Whether it learned what is said of things that the sentences do not mention."""
        return bool(self.facts.get("unsaid"))

    @property
    def version(self) -> str:
        """The name with the beginning of the hash."""
        return f"{self.name}-{str(self.facts['sha256'])[:12]}"


def model_path(named: str) -> Path:
    """The file of a model: of the one that ships by its name, else the file that is named."""
    return SHIPPED if named == GENERAL else Path(named)


def read_card(path: Path) -> Card:
    """The card of a model file. Raises ModelError: no such file, none of a model, another format."""
    [data] = read_parts(path, [META]).values()
    try:
        facts = json.loads(data)
    except ValueError:
        facts = None
    if not isinstance(facts, dict) or not isinstance(facts.get("sha256"), str):
        raise ModelError("no model file: its card cannot be read", where=str(path), hint=_OTHER)
    if facts.get("format") != FORMAT:
        raise ModelError(f"a model of format {facts.get('format')!r}", where=str(path), hint="train it again")
    return Card(facts)


_OTHER = "name a file that kg train made"


def read_parts(path: Path, names: list[str]) -> dict[str, bytes]:
    """Parts of a model file. Raises ModelError where it has none such."""
    try:
        with zipfile.ZipFile(path) as file:
            return {name: file.read(name) for name in names}
    except FileNotFoundError:
        raise ModelError("no such model", where=str(path), hint="kg train makes one from examples") from None
    except OSError as error:
        raise ModelError(f"cannot be read: {error.strerror}", where=str(path), hint="correct the permissions") from None
    except (zipfile.BadZipFile, KeyError, zlib_error) as error:
        raise ModelError(f"no model file: {error}", where=str(path), hint=_OTHER) from None
