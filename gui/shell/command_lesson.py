"""The lesson that the command line names."""

from __future__ import annotations

from pathlib import Path

from gui.files.folders import lessons_folder
from gui.session.lessons.lesson_collection import file_of, read_sound
from gui.shell.options import OptionError


def lesson_file(text: str | None) -> Path | None:
    """Return the file of a lesson that can be played, None where none is named.

    Raises
    ------
    OptionError
        Where there is no such lesson, or it has a mistake.
    """
    if text is None:
        return None
    file, sentence = file_of(text, lessons_folder())
    if file is None:
        raise OptionError(sentence)
    lesson, mistakes = read_sound(file)
    if lesson is None:
        raise OptionError(" ".join(map(str, mistakes)))
    return file
