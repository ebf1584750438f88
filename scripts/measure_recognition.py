"""How many characters of a scanned page are recognised wrongly: a table by resolution and wear.

    python scripts/measure_recognition.py [--pages 2]

Draws the shipped annual report with an installed Chinese font and reads it with the extra `ocr`.
"""

import argparse
import sys
import time
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
sys.path.insert(0, str(REPOSITORY / "tests"))

from inquiry_service.knowledge.readers.pictures import read_picture  # noqa: E402
from scans import as_file, chinese_font, mistakes, scan  # noqa: E402

SOURCE = REPOSITORY / "knowledge" / "reports" / "annual-report-2017.txt"
ON_A_PAGE = 900
WEAR = (("clean", 0.0, False), ("1.5° askew", 1.5, False), ("grey, blurred", 0.0, True))


def pages(count: int) -> list[list[str]]:
    """Paragraphs of the report, so many that each page is nearly full."""
    filled: list[list[str]] = [[]]
    for line in SOURCE.read_text(encoding="utf-8").splitlines():
        if sum(map(len, filled[-1])) + len(line) > ON_A_PAGE:
            filled.append([])
        if line.strip():
            filled[-1].append("".join(line.split()))
    return filled[:count]


def measure(sheets: list[list[str]], dpi: int, turned: float, *, grey: bool) -> tuple[int, float]:
    """Wrong characters, and seconds of one core for a page."""
    wrong, began = 0, time.process_time()
    for paragraphs in sheets:
        picture = as_file(scan(paragraphs, dpi=dpi, turned=turned, grey=grey))
        said = read_picture(picture, "scan.png").text.replace("#", "")
        wrong += mistakes(said, "".join(paragraphs))
    return wrong, (time.process_time() - began) / len(sheets)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2)
    sheets = pages(parser.parse_args().pages)
    if chinese_font() is None:
        sys.exit("no Chinese font installed")
    total = sum(len(paragraph) for sheet in sheets for paragraph in sheet)
    print("| dpi | page | characters | wrong | rate | CPU s/page |")
    print("| --- | --- | --- | --- | --- | --- |")
    for dpi in (150, 200, 300):
        for name, turned, grey in WEAR:
            wrong, seconds = measure(sheets, dpi, turned, grey=grey)
            rate = f"{wrong / total:.2%}"
            print(f"| {dpi} | {name} | {total} | {wrong} | {rate} | {seconds:.1f} |", flush=True)


if __name__ == "__main__":
    main()
