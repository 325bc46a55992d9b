"""What CONTRIBUTING says is added as it says: each example goes into a copy of the repository, whose tests follow."""

import ast
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
COPIED = ("engine", "gui", "landscapes", "docs", "tests", "main.py", "pyproject.toml")
SECTIONS = dict(re.findall(r"^### (Add .*?)\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL))
BLOCK = re.compile(r"^```python\n# (\S+), (at the end|in (\w+)|before (\w+))\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NEW_FILE = re.compile(r"^```toml\n# (\S+), a new file\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^    python -m pytest (.*)$", re.MULTILINE)
PATIENCE_S = 110

MAP = re.findall(r"^\| `([\w/.]+)` \|", PAGE.partition("## The map")[2].partition("\n## ")[0], re.MULTILINE)
GLOSSARY = re.findall(r"^\| (\w[^|]*?) \| ", PAGE.partition("## The words")[2].partition("\n## ")[0], re.MULTILINE)


def put(source: str, place: str, inside: str, before: str, text: str) -> str:
    """Return `source` with a block of the page in its place."""
    if place == "at the end":
        return f"{source}\n\n{text}"
    assignment = next(node for node in ast.parse(source).body if name_of(node) == (inside or before))
    lines = source.splitlines(keepends=True)
    if before:
        return "".join([*lines[: assignment.lineno - 1], text, "\n\n", *lines[assignment.lineno - 1 :]])
    # The last line of the assignment is the bracket that closes it.
    end = (assignment.end_lineno or 0) - 1
    return "".join([*lines[:end], text, *lines[end:]])


def name_of(node: ast.stmt) -> str:
    """Return the name that a statement assigns, "" where it assigns none."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return next((target.id for target in targets if isinstance(target, ast.Name)), "")


def copy_repository(folder: Path) -> None:
    """Copy what the tests need, with the compiled files of Python, so that nothing is compiled again."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        else:
            shutil.copy2(source, folder / name)


def test_every_section_has_an_example_and_the_tests_that_follow() -> None:
    assert len(SECTIONS) >= 8
    for title, section in SECTIONS.items():
        assert BLOCK.search(section) or NEW_FILE.search(section), title
        assert COMMAND.search(section), title


@pytest.mark.parametrize("title", SECTIONS)
def test_what_is_added_as_the_page_says_passes_the_tests_that_follow(title: str, tmp_path: Path) -> None:
    copy_repository(tmp_path)
    for file, place, inside, before, text in BLOCK.findall(SECTIONS[title]):
        path = tmp_path / file
        path.write_text(put(path.read_text(encoding="utf-8"), place, inside, before, text), encoding="utf-8")
    for file, text in NEW_FILE.findall(SECTIONS[title]):
        (tmp_path / file).write_text(text, encoding="utf-8")
    for command in COMMAND.findall(SECTIONS[title]):
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xvfb", *shlex.split(command)],
            cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE_S,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_map_names_every_folder_of_code_and_nothing_else() -> None:
    folders = {
        f"{tree}/{path.parent.name}/" for tree in ("engine", "gui") for path in (ROOT / tree).glob("*/__init__.py")
    }
    assert {place for place in MAP if place.count("/") == 2} == folders
    assert [place for place in MAP if not (ROOT / place).exists()] == []


def test_the_glossary_is_in_the_order_of_the_alphabet() -> None:
    words = [word.lower() for word in GLOSSARY if word != "Word"]
    assert len(words) > 40
    assert words == sorted(words)
