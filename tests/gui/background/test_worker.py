"""A worker draws on a thread of its own and hands over on the window's."""

import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from gui.background.worker import Worker
from gui.shell.error_reporter import ErrorReporter


class Inbox(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.answers: list[object] = []
        self.threads: list[int] = []

    def take(self, answer: object) -> None:
        self.answers.append(answer)
        self.threads.append(threading.get_ident())


@pytest.fixture
def worker(qapp: object) -> Iterator[Worker]:
    worker = Worker("test")
    yield worker
    worker.end()


def test_tasks_run_elsewhere_and_answers_come_to_the_window(qtbot: QtBot, worker: Worker) -> None:
    inbox = Inbox()
    worker.ask("where", threading.get_ident, inbox.take)
    qtbot.waitUntil(lambda: bool(inbox.answers))
    assert inbox.answers != [threading.get_ident()]
    assert inbox.threads == [threading.get_ident()]


def test_of_each_kind_only_the_newest_is_carried_out(qtbot: QtBot, worker: Worker) -> None:
    inbox, gate, began = Inbox(), threading.Event(), threading.Event()
    worker.ask("first", lambda: (began.set(), gate.wait())[1], inbox.take)
    assert began.wait(5)
    for number in range(5):
        worker.ask("number", lambda number=number: number, inbox.take)
    worker.ask("other", lambda: "other", inbox.take)
    gate.set()
    qtbot.waitUntil(lambda: len(inbox.answers) == 3)
    assert inbox.answers == [True, 4, "other"]


def test_an_answer_for_somebody_who_is_gone_is_dropped(qtbot: QtBot, worker: Worker) -> None:
    inbox, left = Inbox(), Inbox()
    worker.ask("gone", lambda: 1, inbox.take)
    del inbox
    worker.ask("here", lambda: 2, left.take)
    qtbot.waitUntil(lambda: left.answers == [2])


def test_a_task_that_fails_is_reported_and_the_next_one_is_carried_out(
    qtbot: QtBot, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: reported.append((kind, threading.get_ident())))
    inbox = Inbox()
    worker.ask("one", lambda: 1 // 0, inbox.take)
    qtbot.waitUntil(lambda: bool(reported))
    worker.ask("two", lambda: 2, inbox.take)
    qtbot.waitUntil(lambda: inbox.answers == [2])
    assert reported == [(ZeroDivisionError, threading.get_ident())], "on the window's thread"


def test_a_mistake_of_a_task_is_in_the_log_with_its_traceback(qtbot: QtBot, worker: Worker, tmp_path: Path) -> None:
    def draw_badly() -> None:
        raise LookupError("no such colour")

    inbox, reporter = Inbox(), ErrorReporter(tmp_path / "log.txt")
    try:
        worker.ask("picture", draw_badly, inbox.take)
        worker.ask("other", lambda: "drawn", inbox.take)
        qtbot.waitUntil(lambda: inbox.answers == ["drawn"])
    finally:
        reporter.release()
    log = (tmp_path / "log.txt").read_text(encoding="utf-8")
    assert "no such colour" in log and "in draw_badly" in log


def test_a_sentence_says_what_a_worker_that_failed_was_for(qtbot: QtBot, worker: Worker) -> None:
    inbox, reporter, sentences = Inbox(), ErrorReporter(None), []
    reporter.happened.connect(lambda sentence, details: sentences.append(sentence))
    try:
        worker.ask("one", lambda: 1 // 0, inbox.take)
        qtbot.waitUntil(lambda: bool(sentences))
    finally:
        reporter.release()
    assert sentences == ["Work on the test failed (ZeroDivisionError)."]


def test_what_fails_with_every_frame_is_reported_once(
    qtbot: QtBot, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported, failed, inbox = [], Inbox(), Inbox()
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: reported.append(kind))
    for number in range(3):
        worker.ask("picture", lambda: 1 // 0, inbox.take, failed.take)
        qtbot.waitUntil(lambda number=number: len(failed.answers) == number + 1)
    assert reported == [ZeroDivisionError]


def test_who_waits_for_a_task_learns_that_it_failed(
    qtbot: QtBot, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", lambda *_: None)
    inbox, failed = Inbox(), Inbox()
    worker.ask("picture", lambda: 1 // 0, inbox.take, failed.take)
    qtbot.waitUntil(lambda: bool(failed.answers))
    assert failed.answers == ["picture"] and failed.threads == [threading.get_ident()] and not inbox.answers


def test_an_answer_that_cannot_be_taken_keeps_no_other_back(
    qtbot: QtBot, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken(Inbox):
        def take(self, answer: object) -> None:
            raise LookupError("no room")

    reported, gate = [], threading.Event()
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: reported.append(kind))
    broken, inbox = Broken(), Inbox()
    worker.ask("first", gate.wait, broken.take)
    worker.ask("second", lambda: 2, inbox.take)
    gate.set()
    # Both answers are there when the window looks.
    time.sleep(0.1)
    qtbot.waitUntil(lambda: inbox.answers == [2])
    assert reported == [LookupError]


def test_a_worker_ends_once_and_for_all(worker: Worker) -> None:
    worker.end()
    worker.end()


def test_a_worker_that_is_forgotten_ends_its_thread(qapp: object) -> None:
    ended = threading.Event()
    worker = Worker("forgotten", end=ended.set)
    worker.ask("one", lambda: 1, Inbox().take)
    del worker
    assert ended.wait(5)
