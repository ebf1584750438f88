"""PDFs are made one by one, and a crowd that asks for them holds up nobody else."""

from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import islice
from pathlib import Path

import pytest

from inquiry_service.disclosure.letters.printing import MOST_AT_ONCE, to_pdf

SLOW = """#!/bin/sh
while [ ! -e "{go}" ]; do sleep 0.02; done
mkdir -p "$HOME/out" && cp "$HOME/file.docx" "$HOME/out/file.pdf"
"""


def test_whoever_is_one_too_many_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, program = tmp_path / "go", tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(SLOW.format(go=go))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    with ThreadPoolExecutor(MOST_AT_ONCE + 2) as crowd:
        asked = [crowd.submit(to_pdf, b"a letter") for _ in range(MOST_AT_ONCE + 2)]
        try:
            turned_away = [one.result() for one in islice(as_completed(asked, timeout=30), 2)]
        finally:
            go.touch()
        made = sorted(one.result() or b"" for one in asked)
    assert turned_away == [None, None]
    assert made == [b"", b""] + [b"a letter"] * MOST_AT_ONCE
