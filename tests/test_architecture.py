"""The house is built as the documents say."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("engine", "gui", "landscapes")
SOURCES = [ROOT / "main.py", *sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))]
RUNS_TEXT = {"eval", "exec", "compile", "__import__", "__builtins__"}
"""Names by which Python runs a text as a program."""
MODULES_THAT_RUN_TEXT = {"ast", "builtins", "code", "codeop", "importlib", "runpy"}
FINDS_FUNCTIONS = ROOT / "engine" / "own" / "place.py"
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
