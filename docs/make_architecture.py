"""Writes docs/architecture.svg from the imports of the code, so that the picture shows the layers as they are."""

import ast
import textwrap
from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = Path(__file__).with_name("architecture.svg")

COLUMNS = (("gui", "landscapes"), ("engine",))
"""The columns of the picture from left to right, each with its trees of packages from top to bottom."""
DATA_ONLY = {"landscapes"}
"""Trees whose files are not drawn, because they are entries that do not import each other."""
COLUMN_WIDTH, BOX_WIDTH, GAP, MARGIN = 640, 200, 16, 24
BAND_GAP, TITLE_HEIGHT, LINE_HEIGHT, PADDING = 30, 54, 15, 9
"""Sizes in the picture, in pixels."""
LETTERS = 28
"""Most letters of a sentence in one line of a box."""
STYLE = """\
text { font-family: sans-serif; font-size: 12px; fill: #24292f }
.name { font-family: monospace; font-size: 14px; font-weight: bold }
.tree { font-size: 18px; font-weight: bold }
.box { fill: #f6f8fa; stroke: #57606a }
.ground { fill: #ffffff }
.arrow { fill: none; stroke: #0969da; stroke-opacity: 0.6; stroke-width: 1.3; marker-end: url(#head) }
"""
HEAD = (
    '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    '<path d="M0 0L8 4L0 8z" fill="#0969da"/></marker></defs>'
)

Arrows = Mapping[str, frozenset[str]]


@cache
def imported(path: Path) -> frozenset[str]:
    """Return the names of all modules that a file imports, also in functions, under conditions and for types only."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            # A name that is imported from a package may be one of its modules or a name that it defines.
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names if _is_module(node, alias)}
    return frozenset(names)


def _is_module(node: ast.ImportFrom, alias: ast.alias) -> bool:
    place = ROOT.joinpath(*str(node.module).split("."), alias.name)
    return place.is_dir() or place.with_suffix(".py").is_file()


def arrows(package: Path) -> Arrows:
    """Return, for each module or folder of a package, the others of the package that it imports."""
    prefix = ".".join(package.relative_to(ROOT).parts) + "."
    children = {child.stem: child for child in sorted(package.iterdir()) if _is_code(child)}
    found = {}
    for name, child in children.items():
        files = child.rglob("*.py") if child.is_dir() else [child]
        heads = {
            module.removeprefix(prefix).partition(".")[0]
            for file in files
            for module in imported(file)
            if module.startswith(prefix)
        }
        found[name] = frozenset(heads & {*children} - {name})
    return found


def _is_code(path: Path) -> bool:
    return (path / "__init__.py").is_file() or (path.suffix == ".py" and path.stem != "__init__")


def circles(graph: Arrows) -> list[tuple[str, ...]]:
    """Return the groups of two or more names that import each other, directly or through others."""
    beneath = {name: _reached(graph, name) for name in graph}
    groups = {tuple(sorted(b for b in graph if b in beneath[a] and a in beneath[b])) for a in graph}
    return sorted(group for group in groups if group)


def _reached(graph: Arrows, start: str) -> set[str]:
    """Return the names that one arrow or more lead to from `start`."""
    found: set[str] = set()
    waiting = [*graph[start]]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += graph[name]
    return found


def needed(graph: Arrows) -> Arrows:
    """Return the arrows without those that follow from others, as a to c follows from a to b and b to c."""
    return {
        name: frozenset(
            target for target in targets if not any(target in _reached(graph, other) for other in targets - {target})
        )
        for name, targets in graph.items()
    }


def layers(graph: Arrows) -> list[list[str]]:
    """Return the names in layers, the highest first; each name imports only names of lower layers.

    Raises
    ------
    ValueError
        If some names import each other, for which there are no layers.
    """
    if found := circles(graph):
        raise ValueError(f"These import each other: {found}")
    heights: dict[str, int] = {}
    while len(heights) < len(graph):
        ready = [name for name in graph if name not in heights and graph[name] <= {*heights}]
        heights |= {name: 1 + max((heights[target] for target in graph[name]), default=-1) for name in ready}
    return [
        [name for name in graph if heights[name] == height]
        for height in range(max(heights.values(), default=-1), -1, -1)
    ]


def page() -> str:
    """Return the whole picture as SVG."""
    parts: list[str] = []
    height = 0
    for number, trees in enumerate(COLUMNS):
        top = MARGIN
        for tree in trees:
            drawn, top = _tree(tree, MARGIN + number * (COLUMN_WIDTH + MARGIN), top)
            parts += drawn
        height = max(height, top)
    width = MARGIN + len(COLUMNS) * (COLUMN_WIDTH + MARGIN)
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
    ground = f'<rect class="ground" width="{width}" height="{height}"/>'
    return "\n".join([opening, f"<style>\n{STYLE}</style>", HEAD, ground, *parts, "</svg>\n"])


def _tree(tree: str, left: int, top: int) -> tuple[list[str], int]:
    """Return the SVG elements of a tree of packages from `top` downwards, and the top of the next tree."""
    graph = {} if tree in DATA_ONLY else arrows(ROOT / tree)
    parts = [_text(left, top + 18, f"{tree}/", "tree")]
    parts += [_text(left, top + 36, _sentence(ROOT / tree))]
    top += TITLE_HEIGHT
    places: dict[str, tuple[int, int, int]] = {}
    for names in layers(graph):
        sentences = {name: textwrap.wrap(_sentence(ROOT / tree / name), LETTERS) for name in names}
        height = 2 * PADDING + LINE_HEIGHT * (1 + max(map(len, sentences.values())))
        first = left + (COLUMN_WIDTH - len(names) * BOX_WIDTH - (len(names) - 1) * GAP) // 2
        for number, name in enumerate(names):
            x = first + number * (BOX_WIDTH + GAP)
            places[name] = x + BOX_WIDTH // 2, top, top + height
            parts += _box(x, top, height, name, sentences[name])
        top += height + BAND_GAP
    return [*_lines(needed(graph), places), *parts], top


def _lines(graph: Arrows, places: Mapping[str, tuple[int, int, int]]) -> Iterator[str]:
    for name, targets in graph.items():
        x, _, bottom = places[name]
        for target in sorted(targets):
            end_x, end_y, _ = places[target]
            middle = (bottom + end_y) // 2
            yield f'<path class="arrow" d="M{x} {bottom}C{x} {middle} {end_x} {middle} {end_x} {end_y}"/>'


def _box(x: int, y: int, height: int, name: str, sentence: list[str]) -> Iterator[str]:
    yield f'<rect class="box" x="{x}" y="{y}" width="{BOX_WIDTH}" height="{height}" rx="6"/>'
    yield _text(x + PADDING, y + PADDING + 11, name, "name")
    for number, line in enumerate(sentence, start=1):
        yield _text(x + PADDING, y + PADDING + 11 + number * LINE_HEIGHT, line)


def _text(x: int, y: int, words: str, kind: str = "words") -> str:
    return f'<text class="{kind}" x="{x}" y="{y}">{escape(words)}</text>'


def _sentence(package: Path) -> str:
    """Return the first paragraph of the docstring of a package or a module."""
    path = package / "__init__.py" if package.is_dir() else package.with_suffix(".py")
    words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(words.split("\n\n")[0].split()).replace("`", "")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
