"""Small pictures: drawn once, kept, and drawn again where the file is damaged."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from engine.data.rows import MadeData, TableData
from engine.loss.transform import Transform
from gui.landscape.thumbnails import (
    HEIGHT_PX,
    WIDTH_PX,
    Thumbnails,
    drawn_image,
    image_of,
    kept_or_drawn,
    thumbnail_key,
)
from gui.look.theme import DARK, LIGHT
from gui.session.saved_landscape import SAVED, SavedLandscape
from gui.shell.error_reporter import ErrorReporter
from landscapes import LANDSCAPES, Landscape
from tests.gui.person import PATIENCE_MS

SOME = [LANDSCAPES[name] for name in ("Beale", "Himmelblau", "Ackley", "Rosenbrock")]
Maker = Callable[[], Thumbnails]


@pytest.fixture
def make(qapp: object, tmp_path: Path) -> Iterator[Maker]:
    made = []

    def one() -> Thumbnails:
        made.append(Thumbnails(tmp_path / "pictures"))
        return made[-1]

    yield one
    for thumbnails in made:
        thumbnails.end()


def fetch(qtbot: QtBot, thumbnails: Thumbnails) -> list[QImage]:
    thumbnails.want(SOME, DARK)
    pictures = lambda: [thumbnails.picture(entry, DARK) for entry in SOME]  # noqa: E731
    qtbot.waitUntil(lambda: None not in pictures(), timeout=PATIENCE_MS)
    return [picture.toImage() for picture in pictures()]


def shades(image: QImage) -> int:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return len(np.unique(np.frombuffer(image.constBits(), np.uint32)))


def test_thumbnails_come_from_the_cache_the_next_time(qtbot: QtBot, make: Maker) -> None:
    first, second = make(), make()
    drawn = fetch(qtbot, first)
    assert first.drawn == len(SOME) and all(shades(image) > 300 for image in drawn)
    kept = fetch(qtbot, second)
    assert second.drawn == 0
    assert [image.convertToFormat(QImage.Format.Format_RGB32) for image in kept] == [
        image.convertToFormat(QImage.Format.Format_RGB32) for image in drawn
    ]


@pytest.mark.parametrize("damage", ["empty", "cut short", "no picture", "another size"])
def test_a_damaged_picture_is_drawn_anew(qtbot: QtBot, make: Maker, tmp_path: Path, damage: str) -> None:
    drawn = fetch(qtbot, make())
    path = tmp_path / "pictures" / f"{thumbnail_key(SOME[0], DARK)}.png"
    content = path.read_bytes()
    if damage == "another size":
        drawn[0].scaled(10, 10).save(str(path))
    else:
        path.write_bytes({"empty": b"", "cut short": content[:-500], "no picture": b"?" * 900}[damage])
    again = make()
    assert fetch(qtbot, again)[0].size() == drawn[0].size()
    assert again.drawn == 1 and path.read_bytes() == content


def test_how_many_have_come_is_told_to_the_last(qtbot: QtBot, make: Maker) -> None:
    thumbnails, told = make(), []
    thumbnails.progressed.connect(lambda there, wanted: told.append((there, wanted)))
    fetch(qtbot, thumbnails)
    qtbot.waitUntil(lambda: told[-1] == (len(SOME), len(SOME)), timeout=PATIENCE_MS)
    assert told[0] == (0, len(SOME)) and told == sorted(told)


def test_a_picture_that_cannot_be_drawn_is_waited_for_no_longer(
    qtbot: QtBot, make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def draw(landscape: Landscape, *others: object) -> QImage:
        if landscape in SOME[1:3]:
            raise KeyError("a mistake")
        return drawn_image(landscape, DARK)

    monkeypatch.setattr("gui.landscape.thumbnails.drawn_image", draw)
    reporter, thumbnails, counts, sentences = ErrorReporter(None), make(), [], []
    reporter.happened.connect(lambda sentence, details: sentences.append(sentence))
    thumbnails.progressed.connect(lambda there, wanted: counts.append((there, wanted)))
    try:
        thumbnails.want(SOME, DARK)
        qtbot.waitUntil(lambda: counts[-1] == (2, 2), timeout=PATIENCE_MS)
    finally:
        reporter.release()
    assert sentences == ["Work on the thumbnails failed (KeyError)."]
    monkeypatch.undo()
    fetch(qtbot, thumbnails)
    assert thumbnails.drawn == len(SOME), "what failed is tried again when it is wanted again"


def test_a_folder_that_cannot_be_written_costs_only_time(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    thumbnails = Thumbnails(tmp_path / "file" / "pictures")
    try:
        fetch(qtbot, thumbnails)
    finally:
        thumbnails.end()


def test_whatever_is_drawn_otherwise_has_a_file_of_its_own() -> None:
    ground = LANDSCAPES["Rosenbrock"]
    others = [
        replace(ground, formula="x"), replace(ground, domain=((0, 1), (0, 1))), replace(ground, parameters={"a": 2.0}),
    ]  # fmt: skip
    keys = {thumbnail_key(ground, DARK), thumbnail_key(ground, LIGHT), *(thumbnail_key(one, DARK) for one in others)}
    assert len(keys) == 5
    assert thumbnail_key(replace(ground, note="another"), DARK) == thumbnail_key(ground, DARK)


def test_what_one_chose_for_a_landscape_of_ones_own_is_seen_in_its_picture() -> None:
    plain = SavedLandscape(
        "mine", "mean((x*u + y - v)^2)", ((-3, 3), (-2, 2)), (), (0, 0), SAVED, data=MadeData("line")
    )
    others = [
        replace(plain, data=MadeData("line", {"offset": 3.0})), replace(plain, data=plain.data.with_point(200, 1, 30)),
        replace(plain, transform=Transform(30.0, 2.0)), replace(plain, height="linear"), replace(plain, height="rank"),
    ]  # fmt: skip
    pictures = [drawn_image(one, DARK) for one in (plain, *others)]
    assert all(one != other for one, other in combinations(pictures, 2))
    assert len({thumbnail_key(one, DARK) for one in (plain, *others)}) == len(pictures)


def test_a_file_that_is_gone_may_come_back_and_be_drawn(tmp_path: Path) -> None:
    path, kept = tmp_path / "numbers.csv", tmp_path / "picture.png"
    data = TableData(str(path), ("a", "b"), 3)
    mine = SavedLandscape("mine", "mean((x*a + y - b)^2)", ((-3, 3), (-2, 2)), (), (0, 0), SAVED, data=data)
    missing, _ = kept_or_drawn(kept, mine, DARK, lambda share: True)
    path.write_text("a,b\n1,2\n2,3\n3,5\n")
    there, _ = kept_or_drawn(kept, mine, DARK, lambda share: True)
    assert shades(image_of(missing)) == 1 and shades(image_of(there)) > 300


@pytest.mark.parametrize("formula", ["sinn(x)", "log(-1 - x^2)", "1/(x*y)", "3", "1e300*x^9"])
def test_any_formula_has_a_picture(formula: str) -> None:
    image = drawn_image(Landscape("odd", formula, ((-1, 1), (-1, 1)), (), (0, 0), "", {"unused": 1.0}), DARK)
    assert (image.width(), image.height()) == (WIDTH_PX, HEIGHT_PX)


def test_pictures_that_nobody_asks_for_are_forgotten_and_come_again(
    qtbot: QtBot, make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.landscape.thumbnails.MOST_OTHERS", 1)
    thumbnails = make()
    fetch(qtbot, thumbnails)
    thumbnails.want(SOME[:1], DARK)
    kept = [thumbnails.picture(entry, DARK) is not None for entry in SOME]
    assert kept[0] and sum(kept) == 2, "what is asked for, and one beside"
    fetch(qtbot, thumbnails)
    assert thumbnails.drawn == len(SOME), "from their files"


def test_few_pictures_are_ready_to_be_painted_and_each_is_when_it_is_seen(
    qtbot: QtBot, make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.landscape.thumbnails.MOST_READY", 2)
    few, all_ready = make(), make()
    pictures = fetch(qtbot, few)
    monkeypatch.setattr("gui.landscape.thumbnails.MOST_READY", len(SOME))
    assert pictures == fetch(qtbot, all_ready)
