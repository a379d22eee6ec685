"""Inputs to begin with: the samples, the shipped ontology and queries, and what is known to break parsers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from fuzzing import hostile, wholes

ROOT = Path(__file__).parents[2]


def docx(body: bytes, size: int | None = None) -> bytes:
    """A Word document with this main part. size: what the archive claims that it unpacks to."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in hostile.PARTS.items():
            archive.writestr(zipfile.ZipInfo(name), text)
        archive.writestr(zipfile.ZipInfo("d.xml"), body, zipfile.ZIP_DEFLATED)
    data = stream.getvalue()
    if size is not None:
        data = data.replace(len(body).to_bytes(4, "little"), size.to_bytes(4, "little"))
    return data


def pdf(content: bytes, first: bytes = b"<< /Type /Catalog /Pages 2 0 R >>") -> bytes:
    """A PDF of one page with this content. first: its catalogue."""
    objects = [
        first,
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
        b"/Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    ]
    data, offsets = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n" % (size, table, size)
    return data + end + b"startxref\n%d\n%%%%EOF\n" % len(data)


def seeds(name: str) -> list[bytes]:
    """Inputs for a target of this name; one empty input for a kind that is not known."""
    kind = name.rpartition(".")[2]
    found = [*_hostile(name, kind), *wholes.seeds_of(name)]
    if name.startswith("read."):
        found += [path.read_bytes()[:4000] for path in sorted((ROOT / "data").glob(f"*.{kind}"))]
    elif kind in ("ttl", "trig", "n3"):
        found += _blocks("shapes.ttl" if "ontology" not in name else "company.ttl") + _blocks("examples/law.ttl")
    elif kind == "rq":
        found += [path.read_bytes() for path in sorted((ROOT / "ontology" / "queries").glob("*.rq"))]
    return found or [b""]


def _hostile(name: str, kind: str) -> Sequence[bytes]:
    if kind in ("ttl", "trig", "n3"):
        return [hostile.HEAD + text for text in (*hostile.TURTLE, *(() if "ontology" in name else hostile.SHAPES))]
    bombs = (
        docx(b" " * 60_000_000),
        docx(b" " * 9_000_000, size=9),
        docx(hostile.BODY.replace(b"Loaf", b"x" * 2_000_000)),
    )
    by_kind: dict[str, Sequence[bytes]] = {
        "txt": hostile.TEXTS,
        "md": (*hostile.TEXTS, *hostile.MARKDOWN),
        "html": hostile.HTML,
        "json": hostile.JSON,
        "jsonl": hostile.JSON,
        "toml": hostile.CONFIG,
        "env": hostile.ENVIRONMENT,
        "decisions": hostile.DECISIONS,
        "rq": hostile.QUERIES,
        "owl": hostile.XML,
        "jsonld": hostile.JSONLD,
        "nt": hostile.TRIPLES,
        "trix": hostile.TRIX,
        "body": hostile.BODIES,
        "page": hostile.PAGES,
        "docx": (*map(docx, hostile.BODIES), *bombs, b"PK\x05\x06" + bytes(18), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        "pdf": (*map(pdf, hostile.PAGES), pdf(hostile.PAGES[0], hostile.LOOP), b"%PDF-1.4\n%%EOF"),
    }
    return by_kind.get(kind, ())


def _blocks(name: str) -> list[bytes]:
    """Pieces of a shipped file, each with its prefixes: whole it would take seconds to parse."""
    text = (ROOT / "ontology" / name).read_bytes()
    parts = text.split(b"\n\n")
    head = b"\n".join(line for line in text.splitlines() if line.startswith(b"@prefix"))
    rest = [part for part in parts if not part.startswith(b"@prefix")]
    size = max(1, len(rest) // 12)
    return [(head + b"\n" + b"\n\n".join(rest[n : n + 3]))[:4000] + b"\n" for n in range(0, len(rest), size)]
