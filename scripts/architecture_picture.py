"""Draws docs/images/architecture.svg from the import contract, so that it cannot be wrong."""

import tomllib
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "docs" / "images" / "architecture.svg"
WIDTH, ROW, GAP, LEFT, TOP = 960, 52, 12, 150, 90

HEIGHTS = (
    "doors",
    "assembly",
    "faces",
    "what faces share",
    "a conversation",
    "the jobs",
    "what is published",
    "days and people",
    "where it is kept",
    "small values",
    "errors",
)


def layers() -> list[list[str]]:
    """The rooms of each height, top first, as the contract lists them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    house = next(each for each in contracts["contracts"] if each["type"] == "layers")
    return [[room.strip() for room in layer.split("|")] for layer in house["layers"]]


def box(x: float, y: float, width: float, label: str) -> str:
    middle = x + width / 2
    return (
        f'<rect x="{x:.0f}" y="{y}" width="{width:.0f}" height="{ROW}" rx="6" class="room"/>'
        f'<text x="{middle:.0f}" y="{y + 32}" class="name">{escape(label)}</text>'
    )


def rows() -> str:
    parts = []
    for height, rooms in enumerate(layers()):
        y = TOP + height * (ROW + GAP)
        width = (WIDTH - LEFT - 20 - GAP * (len(rooms) - 1)) / len(rooms)
        parts.append(f'<text x="{LEFT - 16}" y="{y + 31}" class="height">{HEIGHTS[height]}</text>')
        parts += [
            box(LEFT + at * (width + GAP), y, width, f"{room}") for at, room in enumerate(rooms)
        ]
    return "\n".join(parts)


def picture() -> str:
    bottom = TOP + len(layers()) * (ROW + GAP) + 30
    title = "inquiry_service: imports go down, never up, never sideways"
    outside = "WeChat · web chat · desk · Rasa (POST /rasa/actions) · operators"
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {bottom}" role="img">
<title>{title}</title>
<style>
text {{ font-family: system-ui, sans-serif; fill: #1c2733; }}
.room {{ fill: #eef4fa; stroke: #2b5f8a; }}
.name {{ font-size: 18px; text-anchor: middle; }}
.height {{ font-size: 13px; text-anchor: end; fill: #51606f; }}
.title {{ font-size: 19px; font-weight: 600; }}
.outside {{ font-size: 15px; fill: #51606f; }}
</style>
<rect width="{WIDTH}" height="{bottom}" fill="#ffffff"/>
<text x="{LEFT}" y="34" class="title">{title}</text>
<text x="{LEFT}" y="66" class="outside">{outside}</text>
{rows()}
</svg>
"""


if __name__ == "__main__":
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(picture(), encoding="utf-8")
    print(f"wrote {OUT.relative_to(ROOT)}")
