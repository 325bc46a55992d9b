"""What a file may hold in its entries, to the letter: what the reader accepts, and what it refuses by name."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from engine.data.datasets import GENERATORS
from engine.data.rows import MadeData, TableData
from engine.data.tables.reading import Reading
from engine.language.syntax.tokens import LONGEST_TEXT
from engine.loss.transform import Transform
from engine.own.function_location import FunctionLocation
from engine.race.randomness import Randomness
from gui.files import session_file
from gui.files.record_file import RecordError, read_record
from gui.files.records.types import MOST_ENTRIES
from gui.files.session_file import read_choices, write_choices
from gui.session.choices import FIRST_LANDSCAPE, FIRST_RACERS, Choices, RacerChoice
from gui.session.session import Session
from landscapes import LANDSCAPES

FIRST = Session(LANDSCAPES[FIRST_LANDSCAPE], list(FIRST_RACERS)).choices()
MADE = MadeData("line", {**GENERATORS["line"].defaults}).with_point(3, 1.0, 2.0).without_point(5)
TABLE = TableData("/gone/penguins.csv", ("mass", "flipper"), 40, 7, Reading((("mass", "comma"),), True))
ABSENT = RacerChoice(0, "steep", "", "#123456", {"lr": 0.5}, function=FunctionLocation("steep", path="/gone/hills.py"))
WHOLE = replace(
    FIRST, minima=[(0.5, -1.0)], transform=Transform(30.0, 2.0, (0.5, 0.0), (-0.5, 0.0)),
    parameter_ranges={"a": (0, 9)}, batch=16, randomness=Randomness("", 0.25, 7, 3), favourites=["Beale"],
    function=FunctionLocation("hill", path="/gone/hill.py"), racers=[*FIRST.racers, ABSENT], parameters={"a": 1.5},
    geometry="AdnQ=",
)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "session.json"


def changed(path: Path, choices: Choices = FIRST, **entries: object) -> Choices:
    """Return the choices that are read from a session file with changed entries."""
    write_choices(path, choices)
    record = json.loads(path.read_text())
    record["session"].update(entries)
    path.write_text(json.dumps(record))
    return read_choices(path)


@pytest.mark.parametrize("data", [None, MADE, TABLE], ids=["no data", "made data", "a table"])
def test_every_choice_is_read_as_it_was_written(path: Path, data: MadeData | TableData | None) -> None:
    choices = replace(WHOLE, data=data)
    write_choices(path, choices)
    read = read_choices(path)
    assert read == replace(choices, racers=[replace(racer, key=number) for number, racer in enumerate(choices.racers)])


def test_a_file_is_read_that_an_older_program_wrote(path: Path) -> None:
    """The file lacks all entries that came later, and has two of them under the names that they had first."""
    adam = {
        "name": "Adam",
        "optimizer": "Adam",
        "colour": "#123456",
        "values": {"lr": 1},
        "ranges": {},
        "visible": True,
    }
    session = {
        "landscape": "", "formula": "x^2 + y^2", "good_formula": "x^2 + y^2", "bounds": [[-1, 1], [-2, 2]],
        "minima": [], "pose": {"angle": 90, "stretch": 1, "shift": [0, 0], "pivot": [0, 0]}, "parameters": {},
        "parameter_ranges": {}, "chance": {"noise": "", "sigma": 0.5, "seed": 3, "seeds": 2}, "start": [1, 1],
        "racers": [adam], "speed": 40, "theme": "dark", "layout": "overlay", "geometry": "",
    }  # fmt: skip
    path.write_text(json.dumps({"program": "Descent Derby", "format": 1, "session": session}))
    read = read_choices(path)
    assert (read.transform.angle, read.randomness.seeds, read.domain) == (90.0, 2, ((-1, 1), (-2, 2)))
    assert (read.data, read.batch, read.views, read.height, read.function) == (None, None, "both", "auto", None)
    assert list(read.favourites) == [] and read.racers[0].values["lr"] == 1.0 and read.racers[0].rule == ""


def test_a_whole_number_stands_for_a_float(path: Path) -> None:
    read = changed(path, start=[1, 2], speed=2**70, parameters={"a": -(10**300)})
    assert read.start == (1.0, 2.0) and isinstance(read.start[0], float)
    assert read.speed == 100_000.0 and read.parameters["a"] == -1e300


def test_entries_of_a_newer_program_are_left_out(path: Path) -> None:
    write_choices(path, FIRST)
    before = read_choices(path)
    assert changed(path, wind={"north": 3}, transform={"angle": 0, "stretch": 1, "shift": [0, 0], "pivot": [0, 0],
                                                       "tilt": 3}).formula == before.formula  # fmt: skip


def test_of_an_entry_that_a_file_has_twice_the_last_is_read(path: Path) -> None:
    write_choices(path, FIRST)
    path.write_text(path.read_text().replace('"speed"', '"speed": 3, "speed"'))
    assert read_choices(path).speed == FIRST.speed


def test_most_entries_and_the_longest_text_are_read(path: Path) -> None:
    read = changed(path, favourites=["x" * LONGEST_TEXT, *["x"] * (MOST_ENTRIES - 1)])
    assert len(read.favourites) == MOST_ENTRIES
    read = changed(path, parameters={str(number): 1.0 for number in range(MOST_ENTRIES)})
    assert len(read.parameters) == MOST_ENTRIES


def test_numbers_that_cannot_be_are_held_within_their_limits(path: Path) -> None:
    read = changed(path, batch=-5, speed=0.0)
    assert (read.batch, read.speed) == (1, 1.0)
    placed = {"name": "line", "settings": {**GENERATORS["line"].defaults, "noise": 1e9}, "placed": [[-3, 1, 2]]}
    (noise,) = (setting for setting in GENERATORS["line"].settings if setting.name == "noise")
    data = changed(path, data=placed).data
    assert data.placed == ((0, 1.0, 2.0),) and data.settings["noise"] == noise.high


RACER = {"name": "x", "optimizer": "Adam", "colour": "#123456", "values": {}, "ranges": {}, "visible": True}
UPRIGHT = {"angle": 0, "stretch": 1, "shift": [0, 0], "pivot": [0, 0]}
CALM = {"noise": "", "sigma": 0, "seed": 0, "seeds": 1}
LINE = {"name": "line", "settings": dict(GENERATORS["line"].defaults)}
FILE = {"path": "/gone/a.csv", "names": ["a", "b"], "rows": 3}
REFUSED: dict[str, tuple[str, object]] = {
    "NaN": ("start", [float("nan"), 0]),
    "minus infinity": ("start", [float("-inf"), 0]),
    "a number beyond all floats": ("speed", 10**400),
    "a number beyond all floats in a mapping": ("parameters", {"a": -(10**400)}),
    "a text for a number": ("speed", "40"),
    "a switch for a number": ("speed", True),
    "a number for a switch": ("racers", [{**RACER, "visible": 1}]),
    "a float for a whole number": ("batch", 3.0),
    "a switch for a whole number": ("batch", True),
    "a whole number beyond 64 bits": ("batch", 2**63),
    "a seed beyond 64 bits": ("randomness", {**CALM, "seed": -(2**63)}),
    "too many seeds": ("randomness", {**CALM, "seeds": 65}),
    "an unknown noise": ("randomness", {**CALM, "noise": "wind"}),
    "no seeds": ("randomness", {"noise": "", "sigma": 0, "seed": 0}),
    "null for a domain": ("domain", None),
    "ends that fall": ("parameter_ranges", {"a": [2, 1]}),
    "ends that are the same": ("bounds", [[0, 1], [1, 1]]),
    "three ends": ("bounds", [[0, 1, 2], [0, 1]]),
    "one coordinate": ("start", [1]),
    "a point for a mapping": ("parameters", [1, 2]),
    "a mapping for a point": ("start", {"0": 1, "1": 2}),
    "a text that is too long": ("formula", "x" * (LONGEST_TEXT + 1)),
    "a name that is too long": ("parameters", {"x" * (LONGEST_TEXT + 1): 1}),
    "too many points": ("minima", [[0, 0]] * (MOST_ENTRIES + 1)),
    "too many parameters": ("parameters", {str(number): 1 for number in range(MOST_ENTRIES + 1)}),
    "too many favourites": ("favourites", ["x"] * (MOST_ENTRIES + 1)),
    "a theme that begins like another": ("theme", "darker"),
    "a theme with a line break": ("theme", "dark\n"),
    "a theme that is none": ("theme", ""),
    "an unknown kind of height": ("height", "steep"),
    "a colour with a line break": ("racers", [{**RACER, "colour": "#123456\n"}]),
    "a colour in capitals": ("racers", [{**RACER, "colour": "#ABCDEF"}]),
    "a racer with no name": ("racers", [{name: entry for name, entry in RACER.items() if name != "name"}]),
    "a place that is not base 64": ("geometry", "ä"),
    "a transform that stretches nothing": ("transform", {**UPRIGHT, "stretch": 0}),
    "a transform beyond all numbers": ("transform", {**UPRIGHT, "stretch": 5e-324}),
    "a transform with no angle": ("transform", {"stretch": 1, "shift": [0, 0], "pivot": [0, 0]}),
    "null for a transform": ("transform", None),
    "an unknown generator": ("data", {**LINE, "name": "circle"}),
    "data with no settings": ("data", {**LINE, "settings": {}}),
    "too many points by hand": ("data", {**LINE, "removed": [1] * 10_001}),
    "a point by hand with no height": ("data", {**LINE, "placed": [[1, 2]]}),
    "a list for data": ("data", []),
    "data of a type that the file tells": ("data", {"type": "table"}),
    "a table with a number for a path": ("data", {**FILE, "path": 3}),
    "a table with a wrong decimal": ("data", {**FILE, "reading": {"decimals": [["a", "dot"]], "titles": None}}),
    "a table with no titles": ("data", {**FILE, "reading": {"decimals": []}}),
    "a function of a module": ("function", {"name": "f", "module": "os", "path": ""}),
    "a function of a relative path": ("function", {"name": "f", "module": "", "path": "f.py"}),
    "a function that is no name": ("function", {"name": "f()", "module": "", "path": "/f.py"}),
    "a racer with a function and a rule": (
        "racers", [{**RACER, "function": {"name": "f", "module": "", "path": "/f.py"}}]),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_an_entry_that_cannot_be_is_refused_by_its_name(path: Path, kind: str) -> None:
    name, entry = REFUSED[kind]
    with pytest.raises(RecordError) as caught:
        changed(path, **{name: entry})
    assert str(caught.value) == f'Its entry "{name}" is not as it should be.'


def test_half_of_a_surrogate_pair_is_read_or_refused_in_a_sentence(path: Path) -> None:
    assert changed(path, racers=[{**RACER, "name": "\ud800"}]).racers[0].name == "\ud800"
    for entry in ("\ud800", ["\ud800"], {"\ud800": "\ud800"}):
        with pytest.raises(RecordError, match=r'^Its entry "transform" is not as it should be\.$'):
            changed(path, transform=entry)


@pytest.mark.parametrize("name", ["formula", "racers", "speed", "bounds", "geometry"])
def test_an_entry_that_every_program_wrote_may_not_be_missing(path: Path, name: str) -> None:
    write_choices(path, FIRST)
    record = json.loads(path.read_text())
    del record["session"][name]
    path.write_text(json.dumps(record))
    with pytest.raises(RecordError, match=f'^Its entry "{name}" is not as it should be.$'):
        read_choices(path)


NONE_OF_OURS: dict[str, Callable[[bytes], bytes]] = {
    "not UTF-8": lambda content: content.replace(b"overlay", b"overl\xffy"),
    "UTF-16": lambda content: content.decode().encode("utf-16"),
    "nested too deep": lambda content: content.replace(b"[", b"[" * 100_000, 1),
    "nested too deep in a mapping": lambda content: content.replace(b'"parameters": {', b'"a":{' * 100_000, 1),
    "half of it": lambda content: content[: len(content) // 2],
    "two of it": lambda content: content * 2,
    "a list": lambda content: b"[" + content + b"]",
    "larger than any": lambda content: content + b" " * session_file.MOST_BYTES,
    "a session that is a list": lambda content: b'{"program": "Descent Derby", "format": 1, "session": [1]}',
    "a session that is null": lambda content: b'{"program": "Descent Derby", "format": 1, "session": null}',
}


@pytest.mark.parametrize("kind", NONE_OF_OURS)
def test_a_file_that_is_broken_as_a_whole_is_refused_in_a_sentence(path: Path, kind: str) -> None:
    write_choices(path, FIRST)
    path.write_bytes(NONE_OF_OURS[kind](path.read_bytes()))
    with pytest.raises(RecordError, match=r"^The file [^`]*\.$"):
        read_choices(path)


def test_a_number_of_more_digits_than_python_reads_is_infinite(path: Path) -> None:
    path.write_text('{"program": "Descent Derby", "format": 1, "session": [' + "9" * 10_000 + "]}")
    assert read_record(path, "session") == [float("inf")]
