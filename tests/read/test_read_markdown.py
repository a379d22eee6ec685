from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

PAGE = """# Larkfield *opens* a mill

Ada Vance leads
[Larkfield Mills](https://larkfield.example "A tip").\\
It has **420** workers & `one` mill.

> A quote.

- First item
- Second item

  with more
    1. Inner item

| Name | Post |
|------|------|
| Ada Vance | Director |

***

```python
print("left out")
```

```
Kept words.
```

<div><p>In <b>HTML</b>.</p></div>

<!-- a note -->
Snake_case_name, 2 \\* 3, ![Bo Lind](bo.png) and ~~old~~ text.

Setext
======
"""


def test_prose_without_marks(tmp_path: Path, reading: Any) -> None:
    (tmp_path / "page.md").write_text(PAGE, encoding="utf-8")
    assert reading("page.md").document.text.split("\n\n") == [
        "Larkfield opens a mill",
        "Ada Vance leads Larkfield Mills.\nIt has 420 workers & one mill.",
        "A quote.",
        "First item",
        "Second item",
        "with more",
        "Inner item",
        "Name | Post",
        "Ada Vance | Director",
        "Kept words.",
        "In HTML.",
        "Snake_case_name, 2 * 3, Bo Lind and old text.",
        "Setext",
    ]


@pytest.mark.parametrize("text", ["***\n", "<!-- only a note -->", "```python\nx = 1\n```"])
def test_marks_without_prose(tmp_path: Path, reading: Any, text: str) -> None:
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    assert "no text" in reading("a.md").problem.what


def test_deep_nesting(tmp_path: Path, reading: Any) -> None:
    (tmp_path / "a.md").write_text("Above.\n\n" + "> " * 5000 + "deep\n", encoding="utf-8")
    assert reading("a.md").document.text.startswith("Above.")
