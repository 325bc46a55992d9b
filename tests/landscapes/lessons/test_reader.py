"""A mistake in a lesson's file is one sentence with its line; the other lessons are there all the same."""

import re
from pathlib import Path

import pytest

from landscapes.lessons import LESSONS_FOLDER, Lesson, read_lesson, read_lessons

GOOD = (LESSONS_FOLDER / "warm_up.toml").read_text(encoding="utf-8")


def mistakes_in(folder: Path, text: str) -> list[str]:
    file = folder / "mine.toml"
    file.write_text(text, encoding="utf-8")
    found, mistakes = read_lesson(file)
    assert (found is None) == bool(mistakes)
    return [str(mistake) for mistake in mistakes]


def line_of(text: str, piece: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), start=1) if piece in line)


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("steps = 300", 'steps = "many"', '"steps" must be a whole number from 0 up.'),
        ("steps = 300", "step = 300", '"step" is not known. Did you mean "steps"?'),
        ("pause = 7", "pause = 300", '"pause" must be before the last step, 300.'),
        ("speed = 4", "speed = 0", '"speed" must lie above 0, and not above 1,000,000. It is in steps a second.'),
        ("start = [1.5, -1]", "start = [1.5]", '"start" must be two numbers, such as [-1.2, 1].'),
        ("minima = [[0, 0]]", "minima = [0, 0]", '"minima" must be pairs of numbers, such as [[0, 0], [1, 1]].'),
        ('name = "W"', "name = 3", '"name" must be a text in quotes.'),
        ("range = [1, 200]", "range = [200, 1]", '"range" must be a smaller and a larger number.'),
        ("at = 1\n", "at = 1000\n", '"at" must lie within the range, not at 1000.'),
        ("racer = 2\nname", "racer = 4\nname", "There is no racer 4. They are numbered from 1 to 3."),
        ('"Which optimizer when" = 5', '"Elsewhere" = 5', "There is no path Elsewhere."),
        ('right_if = "diverged(2)"', "", '"right_if" is missing. It is a text in quotes.'),
        ('reply = "No. By', 'reply = "Well. By', "A reply begins with Yes or No."),
        ('formula = "x^4 + y^4"', "", 'A landscape has either a "name" or a "formula".'),
        ("domain = [[-2, 2], [-2, 2]]", "domain = [[-2, 2]]", '"domain" must be the ranges of x and y.'),
        ("step = 3", "step = 301", "The scene ends at step 300."),
        ("version = 1", "version = 2", "The lesson is of version 2, and this program reads up to 1."),
        ("version = 1", "version = 1\nheats = 3", '"heats" must be tables: begin each with a line [[heats]].'),
        ('title = "', "title = ", "This is no TOML: "),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, right: str, wrong: str, says: str) -> None:
    assert right in GOOD
    text = GOOD.replace(right, wrong)
    told = [sentence for sentence in mistakes_in(tmp_path, text) if says in sentence]
    assert told, mistakes_in(tmp_path, text)
    assert re.match(r"mine\.toml, line \d+: ", told[0])


def test_the_line_is_that_of_the_key(tmp_path: Path) -> None:
    text = GOOD.replace("speed = 4", "speed = 0")
    assert f"line {line_of(text, 'speed = 0')}:" in mistakes_in(tmp_path, text)[0]
    text = GOOD.replace('reply = "Yes', 'reply = "Well')
    assert any(f"line {line_of(text, 'Well')}:" in told for told in mistakes_in(tmp_path, text))


def test_every_mistake_of_a_file_is_told(tmp_path: Path) -> None:
    text = GOOD.replace("steps = 300", "steps = -1").replace("range = [1, 200]", "range = 5")
    assert len(mistakes_in(tmp_path, text)) >= 2


def test_a_lesson_needs_three_answers_one_of_which_is_called_right(tmp_path: Path) -> None:
    assert any("3 answers" in told for told in mistakes_in(tmp_path, GOOD.replace("[[answers]]", "[[captions]]", 1)))
    assert any("Exactly one" in told for told in mistakes_in(tmp_path, GOOD.replace('reply = "Yes', 'reply = "No')))


def test_the_others_are_listed_beside_a_lesson_with_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "good.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bad.toml").write_text(GOOD.replace("steps = 300", ""), encoding="utf-8")
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    lessons, mistakes = read_lessons(tmp_path)
    assert [lesson.name for lesson in lessons] == ["good"]
    assert {mistake.file.name for mistake in mistakes} == {"bad.toml", "binary.toml"}


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    found, mistakes = read_lesson(tmp_path / "gone.toml")
    assert found is None
    assert "cannot be read" in str(mistakes[0])


def test_a_heat_has_what_the_shown_one_has_unless_it_says_otherwise() -> None:
    found, _ = read_lesson(LESSONS_FOLDER / "noise_and_batch.toml")
    assert isinstance(found, Lesson)
    shown, batch, rate = found.heats
    assert (shown.batch, batch.batch, rate.batch) == (4, 16, 4)
    assert shown.racers == batch.racers != rate.racers
    assert shown.start == batch.start == rate.start
    assert found.racers == 3
