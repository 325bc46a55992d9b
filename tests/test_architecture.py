"""The house is built as the documents say."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted(path for folder in ("engine", "gui", "landscapes") for path in (ROOT / folder).rglob("*.py"))
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__"}


def test_imports_run_one_way() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports"))]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_opens_with_its_idea_and_runs_no_text_as_python(path: Path) -> None:
    tree = ast.parse(path.read_text())
    assert ast.get_docstring(tree), "open the file with one sentence that says its idea"
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in FORBIDDEN_CALLS, f"line {node.lineno}"
        if isinstance(node, ast.Import):
            assert not {"ast", "code", "importlib"} & {alias.name for alias in node.names}, f"line {node.lineno}"
