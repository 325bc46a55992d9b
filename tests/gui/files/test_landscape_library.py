"""Landscapes of one's own are kept, and a broken file costs nothing that is whole."""

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from engine.data.datasets import GENERATORS
from engine.data.rows import MadeData, TableData
from engine.loss.transform import Transform
from gui.files.landscape_library import LandscapeLibrary
from gui.files.records.landscapes import LandscapeRecord
from gui.session.saved_landscape import SAVED, SavedLandscape
from landscapes import CATALOGUE

BOWL = SavedLandscape(
    "my bowl", "a*x^2 + y^2", ((-3.0, 2.0), (-1.0, 1.0)), ((0.0, 0.0),), (1.0, 0.5), SAVED, {"a": 2.0},
    {"a": (0.0, 9.0)}, "Round.", transform=Transform(30.0, 2.0, (0.5, 0.0), (-0.5, 0.0)), height="rank",
)  # fmt: skip
MADE = MadeData("line", {**GENERATORS["line"].defaults, "noise": 1.5}).with_point(3, 1.0, 2.0).with_point(200, 0.0, 4.0)
FIELDS = LandscapeRecord.__struct_fields__
DATA = {"made to order": MADE, "a file": TableData("/gone/penguins.csv", ("mass", "flipper"), 40, 7)}


def opened(path: Path) -> tuple[LandscapeLibrary, str]:
    library = LandscapeLibrary(path)
    return library, library.open()


@pytest.fixture
def path(qapp: object, tmp_path: Path) -> Path:
    return tmp_path / "deep" / "landscapes.json"


def test_what_is_saved_is_there_the_next_time(path: Path) -> None:
    library, trouble = opened(path)
    assert (trouble, library.landscapes) == ("", list(CATALOGUE.values()))
    library.save(BOWL)
    again, trouble = opened(path)
    assert trouble == ""
    assert [getattr(again.landscapes[0], name) for name in FIELDS] == [getattr(BOWL, name) for name in FIELDS]
    assert again.find("MY BOWL") == again.landscapes[0] and again.is_saved(again.landscapes[0])
    assert [file.name for file in path.parent.iterdir()] == ["landscapes.json"], "no drafts stay behind"


@pytest.mark.parametrize("kind", DATA)
def test_a_loss_from_data_is_saved_with_its_data(path: Path, kind: str) -> None:
    opened(path)[0].save(replace(BOWL, data=DATA[kind]))
    assert opened(path)[0].find("my bowl").data == DATA[kind]


def test_a_landscape_saved_by_an_older_program_lies_upright(path: Path) -> None:
    opened(path)[0].save(BOWL)
    record = json.loads(path.read_text())
    for name in ("data", "transform", "height"):
        del record["landscapes"][0][name]
    path.write_text(json.dumps(record))
    library, trouble = opened(path)
    assert (trouble, library.landscapes[0]) == ("", replace(BOWL, transform=None, height=""))


def test_a_landscape_can_be_renamed_and_removed(path: Path) -> None:
    library, _ = opened(path)
    library.save(BOWL)
    library.describe("my bowl", "a dish", "Shallow.")
    again, _ = opened(path)
    assert (again.landscapes[0].name, again.landscapes[0].note) == ("a dish", "Shallow.")
    again.remove("a dish")
    assert opened(path)[0].landscapes == list(CATALOGUE.values())


def test_a_removed_landscape_is_put_back_into_the_file_too(path: Path) -> None:
    library, _ = opened(path)
    for name in ("first", "second"):
        library.save(replace(BOWL, name=name))
    before = library.landscapes
    told: list[tuple[str, Callable[[], None]]] = []
    library.removed.connect(lambda *removed: told.append(removed))
    library.remove("first")
    assert [entry.name for entry in opened(path)[0].landscapes[:1]] == ["second"]
    ((name, put_back),) = told
    put_back()
    assert name == "first" and library.landscapes == before == opened(path)[0].landscapes


def test_two_windows_do_not_lose_each_others_landscapes(path: Path) -> None:
    one, other = opened(path)[0], opened(path)[0]
    one.save(BOWL)
    other.save(replace(BOWL, name="another"))
    assert [entry.name for entry in opened(path)[0].landscapes[:2]] == ["my bowl", "another"]


@pytest.mark.parametrize("name", ["", "  ", "beale", "my bowl", "x" * 61])
def test_a_name_that_cannot_be_is_refused_in_a_sentence(qapp: object, name: str) -> None:
    library = LandscapeLibrary()
    library.save(BOWL)
    assert library.mistake_in_name(name).endswith(".")
    assert library.mistake_in_name("my bowl", besides="my bowl") == library.mistake_in_name("bowl") == ""


def spoilt(**fields: object) -> Callable[[list], list]:
    return lambda records: [*records, {**records[0], "name": "broken", **fields}]


BROKEN: dict[str, Callable[[list], object]] = {
    "a wrong formula": spoilt(formula="sinn(x"),
    "an empty domain": spoilt(domain=[[1, 1], [0, 1]]),
    "a word for a number": spoilt(parameters={"a": "much"}),
    "the name of another": spoilt(name="Beale"),
    "no name": spoilt(name=""),
    "a data set that nobody makes": spoilt(data={"name": "circle", "settings": {}, "placed": []}),
    "an endless turn": spoilt(transform={"angle": 1e999, "stretch": 1, "shift": [0, 0], "pivot": [0, 0]}),
    "an unknown height": spoilt(height="steep"),
    "no landscape": lambda records: [*records, 3],
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_landscape_is_told_and_set_aside_and_the_others_stay(path: Path, kind: str) -> None:
    opened(path)[0].save(BOWL)
    record = json.loads(path.read_text())
    broken = json.dumps({**record, "landscapes": BROKEN[kind](record["landscapes"])})
    path.write_text(broken)
    library, trouble = opened(path)
    assert trouble.startswith("1 of your own landscapes cannot be read. The file is kept as landscapes.broken-")
    assert [entry.name for entry in library.landscapes[:2]] == ["my bowl", "Rosenbrock"]
    (aside,) = path.parent.glob("landscapes.broken-*.json")
    assert aside.read_text() == broken
    assert opened(path)[1] == "", "told once"


@pytest.mark.parametrize("text", ["", "\x00", "[" * 100_000, '{"program": "another"}', "[]",
                                  '{"program": "Descent Derby", "format": 1, "landscapes": 3}'])  # fmt: skip
def test_a_file_that_is_none_of_ours_is_set_aside_and_saving_goes_on(path: Path, text: str) -> None:
    path.parent.mkdir()
    path.write_text(text)
    library, trouble = opened(path)
    assert trouble.startswith("Your own landscapes cannot be read") and trouble.endswith(".")
    library.save(BOWL)
    assert opened(path)[0].find("my bowl") is not None


def test_a_place_that_cannot_be_written_is_told_and_the_landscape_stays_for_now(qapp: object, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    library, told = LandscapeLibrary(tmp_path / "file" / "landscapes.json"), []
    library.message.connect(told.append)
    library.save(BOWL)
    assert told and told[0].startswith("Your landscapes cannot be kept in") and library.find("my bowl") is not None


def test_neighbours_go_round_and_a_surprise_is_never_the_same_twice(qapp: object) -> None:
    library, names = LandscapeLibrary(), list(CATALOGUE)
    assert library.neighbour(names[0], 1).name == names[1]
    assert library.neighbour(names[0], -1).name == names[-1] and library.neighbour(names[-1], 1).name == names[0]
    assert library.neighbour("", 1).name == names[0] and library.neighbour("", -1).name == names[-1]
    drawn = [library.surprise().name for _ in range(400)]
    assert all(one != other for one, other in pairwise(drawn)) and len(set(drawn)) > 100
