"""What the program does not have is told with the line of the lesson's file, and no race calls a wrong answer right."""

from pathlib import Path

import pytest

from gui.session.lessons.lesson_check import mistakes_of
from gui.session.lessons.lesson_race import records_of_lesson
from gui.session.lessons.verdict import OTHERWISE, UNDECIDED, verdict_on
from landscapes.lessons import LESSONS_FOLDER, Answer, Lesson, read_lesson, read_lessons

GOOD = (LESSONS_FOLDER / "rare_columns.toml").read_text(encoding="utf-8")


def read(folder: Path, text: str) -> Lesson:
    file = folder / "mine.toml"
    file.write_text(text, encoding="utf-8")
    found, mistakes = read_lesson(file)
    assert found is not None, mistakes
    return found


def test_no_lesson_has_a_mistake() -> None:
    lessons, _ = read_lessons()
    names = {lesson.name for lesson in lessons}
    assert [str(mistake) for lesson in lessons for mistake in mistakes_of(lesson, names)] == []


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ('"AdaGrad(lr=0.5)"', '"AdaGrade(lr=0.5)"', 'There is no optimizer "AdaGrade". Did you mean "AdaGrad"?'),
        ('"SGD(lr=0.5)"', '"SGD(rate=0.5)"', "rate"),
        ('name = "SparseColumnRegression"', 'name = "SparseColumns"', 'There is no landscape "SparseColumns".'),
        ('name = "sparsity"', 'name = "thinness"', "thinness"),
        ("sparsity = 0 }", "thinness = 0 }", "thinness"),
        ("steps_to(1, 1e-3) > steps_to(2, 1e-3)", "steps_to(1, 1e-3) > steps_to(7, 1e-3)", "There is no such racer."),
        ("{steps_to(5, 1e-3)}", "{steps_too(5, 1e-3)}", 'Did you mean "steps_to"?'),
        ('right_if = "steps_to(7, 1e-3) > steps_to(8', 'right_if = "steps_to(10, 1e-3) > steps_to(8', "1 to 9"),
        ('next = "where_each_ends"', 'next = "nowhere"', 'There is no lesson "nowhere".'),
    ],
)
def test_what_the_program_does_not_have_is_told_with_its_line(
    tmp_path: Path, right: str, wrong: str, says: str
) -> None:
    assert right in GOOD
    text = GOOD.replace(right, wrong)
    told = [str(mistake) for mistake in mistakes_of(read(tmp_path, text), {"where_each_ends"})]
    assert any(says in sentence for sentence in told), told
    assert all(sentence.startswith("mine.toml, line ") for sentence in told)
    assert not any("line 1:" in sentence for sentence in told)


def test_an_answer_is_right_wrong_or_undecided_as_the_race_has_it() -> None:
    lesson, _ = read_lesson(LESSONS_FOLDER / "warm_up.toml")
    assert lesson is not None
    records = records_of_lesson(lesson)
    wrong, _, right = (verdict_on(answer, records) for answer in lesson.answers)
    assert (wrong.right, right.right) == (False, True)
    assert "42 steps" in right.text
    undecided = verdict_on(Answer("", "steps_to(1, 1e-9) < steps_to(2, 1e-30)", "Yes."), records)
    assert (undecided.right, undecided.text) == (None, UNDECIDED)


def test_a_reply_that_the_race_does_not_bear_out_is_not_said() -> None:
    lesson, _ = read_lesson(LESSONS_FOLDER / "warm_up.toml")
    assert lesson is not None
    records = records_of_lesson(lesson)
    said = verdict_on(Answer("", "diverged(2)", "Yes, it is thrown out."), records)
    assert (said.right, said.text) == (False, OTHERWISE[False])
    said = verdict_on(Answer("", "diverged(1)", "No, it stays."), records)
    assert (said.right, said.text) == (True, OTHERWISE[True])
