"""The film at the head of the README: it moves, loads fast, repeats for ever, and is of the window as it is."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QImage

from docs import make_film
from gui.window.main_window import MainWindow

README = make_film.FILM.parents[1] / "README.md"
MOST_BYTES = 2_500_000
SECONDS = (8.0, 12.5)
FIRST_PICTURES = 70
"""Until some letters are typed."""


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch, opengl: None) -> Iterator[MainWindow]:
    QStandardPaths.setTestModeEnabled(True)
    # The clocks of the film are taken away again.
    for module in (make_film.pacing, make_film.status_line):
        monkeypatch.setattr(module, "time", module.time)
    window = make_film.opened()
    yield window
    window.close()
    window.deleteLater()


def test_the_readme_begins_with_a_film_that_moves_for_ever_and_loads_fast() -> None:
    first_screen = README.read_text(encoding="utf-8").partition("\n## ")[0]
    assert "(docs/film.webp)" in first_screen
    with Image.open(make_film.FILM) as film:
        length = film.n_frames / make_film.RATE_HZ
        assert film.size == make_film.FILM_SIZE.toTuple() and film.info["loop"] == 0
    assert make_film.FILM.stat().st_size <= MOST_BYTES
    assert SECONDS[0] <= length <= SECONDS[1]


def test_the_film_ends_as_it_begins() -> None:
    with Image.open(make_film.FILM) as film:
        pictures = []
        for number in (0, film.n_frames - 1):
            film.seek(number)
            pictures.append(np.asarray(film.convert("RGB"), np.int16))
    apart = np.abs(pictures[0] - pictures[1]).max(axis=2)
    # A racer's number, or the pointer, would change hundreds of pixels by far; compression changes many by little.
    assert (apart > 60).sum() < 100


@pytest.mark.thorough
@pytest.mark.timeout(600)
def test_the_script_films_letter_by_letter_what_is_typed(window: MainWindow, tmp_path: Path) -> None:
    typed, film = list[str](), list[QImage]()
    for picture in itertools.islice(make_film.pictures(window, rehearsed=False), FIRST_PICTURES):
        film.append(picture)
        # A blank is typed with the letter after it.
        typed.append(window.formula_bar.editor.toPlainText().replace(" ", ""))
    assert [typed.count(make_film.FORMULA.replace(" ", "")[:letters]) for letters in range(1, 9)] == [
        make_film.LETTER
    ] * 8
    assert film[0] != film[-1]
    path = tmp_path / "film.webp"
    make_film.write(film, path)
    with Image.open(path) as written:
        assert 2 <= written.n_frames <= FIRST_PICTURES and written.info["loop"] == 0
