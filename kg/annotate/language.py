"""The language model: any spaCy pipeline by name, with a tokenizer that keeps hyphened words whole."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from kg.annotate.inference import multiply_by_numpy
from kg.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokenizer import Tokenizer

# "Lisbon-based", "60-strong": the parts mean something by themselves and are split as the models were trained.
_SPLIT_HYPHEN = r"(?<=[^\W\d_])-(?=(?:based|headquartered|owned|born|led|built|made|backed|listed|run|trained)\b)"
_SPLIT_COUNT = r"(?<=[0-9])-(?=(?:strong|person|people|employee|member)\b)"


@functools.lru_cache(maxsize=4)
def load_model(name: str) -> Language:
    """The pipeline of that name or path; raises ModelError with what to install."""
    import spacy
    from spacy.util import compile_infix_regex

    try:
        nlp = spacy.load(name)
    except OSError:
        raise _not_installed(name) from None
    missing = {"parser", "tagger"} - set(nlp.pipe_names)
    if missing:
        raise ModelError(
            f"the language model {name!r} has no {' and no '.join(sorted(missing))}",
            hint="use a pipeline such as en_core_web_sm",
        )
    infixes = [str(p) for p in nlp.Defaults.infixes or () if not _joins_by_hyphen(str(p))]
    tokenizer = cast("Tokenizer", nlp.tokenizer)
    tokenizer.infix_finditer = compile_infix_regex(
        [*infixes, "(?<=[^\\W\\d_])(?:--|—|–)(?=[^\\W\\d_])", _SPLIT_HYPHEN, _SPLIT_COUNT]
    ).finditer
    multiply_by_numpy(nlp)
    return nlp


def keep_whole(nlp: Language, words: Iterable[str]) -> None:
    """Lets the tokenizer take words with points or slashes inside ("S.p.A.") as one."""
    for word in words:
        if not word.isalnum():
            cast("Tokenizer", nlp.tokenizer).add_special_case(word, [{"ORTH": word}])


def model_version(name: str) -> str:
    """Name and version, for provenance: "core_web_sm 3.8.0"."""
    meta = load_model(name).meta
    return f"{meta.get('name', name)} {meta.get('version', '')}".strip()


def _joins_by_hyphen(pattern: str) -> bool:
    """spaCy's infix rule for hyphens between letters ("co-developed", "sub-brand")."""
    return "(?:-|–|—|--|---|——|~)" in pattern


def identify(name: str) -> str:
    """Which pipeline a name stands for, without loading it: its version as installed, or a digest of its meta.json."""
    folder = Path(name)
    if (folder / "meta.json").is_file():
        return hashlib.sha256((folder / "meta.json").read_bytes()).hexdigest()
    try:
        return f"{name} {importlib.metadata.version(name)}"
    except importlib.metadata.PackageNotFoundError:
        raise _not_installed(name) from None


def _not_installed(name: str) -> ModelError:
    return ModelError(
        f"the language model {name!r} is not installed",
        hint=f"pip install {name.replace('_', '-')}, or name another spaCy pipeline with --model",
    )
