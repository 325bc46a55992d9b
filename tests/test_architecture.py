"""The house is built as the documents say."""

import ast
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs.make_architecture import arrows, circles

ROOT = Path(__file__).parents[1]
FOLDERS = ("engine", "gui", "landscapes")
SOURCES = [ROOT / "main.py", *sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))]
RUNS_TEXT = {"eval", "exec", "compile", "__import__", "__builtins__"}
"""Names by which Python runs a text as a program."""
MODULES_THAT_RUN_TEXT = {"ast", "builtins", "code", "codeop", "importlib", "runpy"}
PACKAGES = sorted(path.parent for folder in FOLDERS for path in (ROOT / folder).rglob("__init__.py"))

LONGEST_FUNCTION, LONGEST_FILE = 39, 349
"""Lines."""
MOST_IN_A_ROOT = 13
"""Entries of `engine` and of `gui`, beside their `__init__.py`."""
MOST_FILES = 20
"""Files of code in a folder."""
PASSAGE = 6
"""Lines that are no imports, comments or brackets alone: so many do not stand in two places."""

# What is beyond a measure today, with its figure.  It may become smaller, never larger; nothing is to be added.
LONG_FUNCTIONS: dict[str, int] = {}
LONG_FILES: dict[str, int] = {}
FULL_ROOTS: dict[str, int] = {}
CIRCLES: dict[str, list[tuple[str, ...]]] = {}
REPEATED: set[tuple[str, ...]] = set()

FINDS_FUNCTIONS = ROOT / "engine" / "own" / "function_location.py"
"""The one file that runs Python files and imports modules: when the user opens a function of theirs."""
HARMLESS = {"importlib.metadata"}
"""Names may come from it: it tells versions.  To import it whole would bring `importlib` along."""


def offences(source: str) -> list[str]:
    """Return each way by which `source` could run a text as Python, with its line."""
    return [f"line {line}: {what}" for line, what in _offences(ast.parse(source))]


def _offences(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in RUNS_TEXT:
            yield node.lineno, node.id
        # Names with underscores are Python's own wherever they stand; `re.compile` and Qt's `exec` are something else.
        elif isinstance(node, ast.Attribute) and node.attr in RUNS_TEXT and node.attr.startswith("__"):
            yield node.lineno, node.attr
        elif isinstance(node, ast.Constant) and node.value in RUNS_TEXT and str(node.value).startswith("__"):
            yield node.lineno, str(node.value)
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names if _runs_text(alias.name))
        elif isinstance(node, ast.ImportFrom) and node.module not in HARMLESS and _runs_text(str(node.module)):
            yield node.lineno, str(node.module)


def _runs_text(module: str) -> bool:
    return module.partition(".")[0] in MODULES_THAT_RUN_TEXT


def test_imports_run_one_way() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports"))]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert result.returncode == 0, result.stdout


def lines_of_functions() -> Iterator[tuple[str, int]]:
    """Yield each function by its file and name, with its length in lines."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path.relative_to(ROOT)} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_function_is_longer_than_a_screen() -> None:
    assert beyond(dict(lines_of_functions()), LONGEST_FUNCTION, LONG_FUNCTIONS) == {}


def test_no_file_is_too_long_to_be_read_in_one_go() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert beyond(lengths, LONGEST_FILE, LONG_FILES) == {}


def beyond(measured: dict[str, int], most: int, known: dict[str, int]) -> dict[str, int]:
    """Return what is larger than `most` and than is known of it."""
    return {name: size for name, size in measured.items() if size > known.get(name, most)}


@pytest.mark.parametrize("tree", ["engine", "gui"])
def test_the_first_level_of_a_tree_is_taken_in_at_a_glance(tree: str) -> None:
    entries = [path for path in (ROOT / tree).iterdir() if not path.name.startswith("__")]
    assert len(entries) <= FULL_ROOTS.get(tree, MOST_IN_A_ROOT)


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_folder_has_few_files(package: Path) -> None:
    assert len(list(package.glob("*.py"))) <= MOST_FILES


def test_every_folder_of_code_is_a_package() -> None:
    assert {path.parent for path in SOURCES} - {ROOT} == {*PACKAGES}


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_in_a_folder_imports_what_imports_it_even_for_a_type(package: Path) -> None:
    found = circles(arrows(package))
    known = [set(circle) for circle in CIRCLES.get(str(package.relative_to(ROOT)), [])]
    assert [circle for circle in found if not any(set(circle) <= names for names in known)] == []


def test_tests_stand_in_folders_of_the_names_of_the_source() -> None:
    tested = {
        path.parent.relative_to(ROOT / "tests") for tree in FOLDERS for path in (ROOT / "tests" / tree).rglob("*.py")
    }
    assert [str(folder) for folder in tested if not (ROOT / folder).is_dir()] == []


def passages(path: Path) -> Iterator[tuple[str, ...]]:
    """Yield every passage of a file."""
    source = path.read_text(encoding="utf-8")
    imports = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import | ast.ImportFrom)]
    left_out = {number for node in imports for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)}
    numbered = enumerate(map(str.strip, source.splitlines()), start=1)
    lines = [
        line
        for number, line in numbered
        if number not in left_out and not line.startswith("#") and any(map(str.isalnum, line))
    ]
    yield from (tuple(lines[begin : begin + PASSAGE]) for begin in range(len(lines) - PASSAGE + 1))


def test_no_passage_stands_in_two_places() -> None:
    places: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for path in SOURCES:
        for passage in passages(path):
            places[passage].append(str(path.relative_to(ROOT)))
    repeated = {tuple(files) for files in places.values() if len(files) > 1}
    assert repeated <= REPEATED


@pytest.mark.parametrize("room", ["syntax", "graph", "codegen", "display"])
def test_the_map_of_a_part_of_the_language_has_every_file_once_after_those_it_stands_on(room: str) -> None:
    folder = ROOT / "engine" / "language" / room
    trees = {path.stem: ast.parse(path.read_text(encoding="utf-8")) for path in folder.glob("*.py")}
    listed = re.findall(r"`(\w+)`", ast.get_docstring(trees.pop("__init__")) or "")
    assert sorted(listed) == sorted(trees)
    for place, name in enumerate(listed):
        modules = [node.module for node in ast.walk(trees[name]) if isinstance(node, ast.ImportFrom) and node.module]
        stands_on = {module.rpartition(".")[2] for module in modules if module.startswith(f"engine.language.{room}.")}
        assert stands_on <= {*listed[:place]}, name


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_the_words_of_a_package_list_is_there(package: Path) -> None:
    words = ast.get_docstring(ast.parse((package / "__init__.py").read_text(encoding="utf-8"))) or ""
    listed = {name for entry in re.findall(r"^- (.*?):", words, re.MULTILINE) for name in re.findall(r"`(\w+)`", entry)}
    assert listed <= {path.stem for path in package.iterdir()}


def test_machine_code_is_written_as_text_for_typed_texts_alone() -> None:
    outside = [path for path in SOURCES if not path.is_relative_to(ROOT / "engine" / "language")]
    for path in outside:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "engine.language.codegen.assembly":
                assert {alias.name for alias in node.names} <= {"LANES"}, f"{path}: make it a driver"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_opens_with_its_idea_and_runs_no_text_as_python(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(source)), "open the file with one sentence that says its idea"
    found = offences(source)
    if path == FINDS_FUNCTIONS:
        assert [offence.partition(": ")[2] for offence in found] == ["importlib", "importlib.util"]
    else:
        assert found == []


@pytest.mark.parametrize(
    "snippet",
    [
        "eval('1')",
        "run = eval",
        "list(map(exec, texts))",
        "compile('1', '', 'eval')",
        "__import__('os')",
        "import ast",
        "import numpy, ast as trees",
        "from ast import parse",
        "from ast import *",
        "import builtins\nbuiltins.eval('1')",
        "from builtins import eval as value",
        "__builtins__.eval('1')",
        "module.__builtins__['eval']",
        "getattr(module, '__builtins__')",
        "globals()['__import__']('os')",
        "import importlib",
        "from importlib import import_module",
        "import importlib.metadata",
        "def later():\n    from code import interact",
        "import codeop",
        "from runpy import run_path",
    ],
)
def test_the_check_sees_every_way_to_run_a_text(snippet: str) -> None:
    assert offences(snippet)


@pytest.mark.parametrize(
    "snippet",
    [
        "re.compile('x')",
        "application.exec()",
        "loss.compile()",
        "from importlib.metadata import version",
        "from engine import compile_loss",
        "from landscapes import codes",
        "words = {'compile', 'eval'}",
    ],
)
def test_the_check_leaves_alone_what_only_looks_alike(snippet: str) -> None:
    assert offences(snippet) == []
