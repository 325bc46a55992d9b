"""What a person's function raises is a sentence; a mistake in the program is in the log too."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.own.function_location import FunctionLocation
from gui.files import function_loader
from gui.files.function_loader import FunctionLoader
from gui.shell.error_reporter import ErrorReporter
from tests.gui.person import PATIENCE_MS

RAISES = "def bowl(x, y):\n    raise ValueError('no')\n"


@pytest.fixture
def bowl(tmp_path: Path) -> FunctionLocation:
    path = tmp_path / "hills.py"
    path.write_text(RAISES)
    return FunctionLocation("bowl", path=str(path))


@pytest.fixture
def reports(qapp: object, tmp_path: Path) -> Iterator[list[str]]:
    """Yield the list of messages of reported exceptions; their tracebacks go to a log file."""
    reporter, sentences = ErrorReporter(tmp_path / "errors.log"), list[str]()
    reporter.happened.connect(lambda sentence, details: sentences.append(sentence))
    yield sentences
    reporter.release()


def refusal(qtbot: QtBot, place: FunctionLocation) -> str:
    """Return the message with which a function is refused."""
    loader = FunctionLoader()
    with qtbot.waitSignal(loader.refused, timeout=PATIENCE_MS) as refused:
        loader.open(place)
    assert refused.args[0] == place and not loader.is_busy
    return str(refused.args[1])


def test_what_a_persons_function_raises_is_a_sentence_at_its_place_alone(
    qtbot: QtBot, bowl: FunctionLocation, reports: list[str]
) -> None:
    assert "raised ValueError: no." in refusal(qtbot, bowl)
    assert reports == []


def test_a_mistake_in_the_program_is_a_sentence_at_the_function_and_in_the_log(
    qtbot: QtBot, bowl: FunctionLocation, reports: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load_badly(*given: object) -> None:
        raise KeyError("a mistake")

    monkeypatch.setattr(function_loader, "loss_at", load_badly)
    assert refusal(qtbot, bowl) == "Compiling bowl in hills.py failed: KeyError: 'a mistake'."
    log = tmp_path / "errors.log"
    assert reports == [f"Compiling bowl in hills.py failed (KeyError). The details are in {log}."]
    assert "in load_badly" in log.read_text()
