"""Reports of exceptions that a thread survives, with what failed: the program's log takes them, or the terminal."""

from __future__ import annotations

import threading


def report_failure(what: str, error: Exception) -> None:
    """Hand an exception with its traceback to `threading.excepthook`, which Python prints to stderr by default.

    Parameters
    ----------
    what : str
        What failed, as a clause: "Changing the height failed".  It is added to the exception as a note, so that it
        stands beneath the traceback, and a hook can show it.
    error : Exception
        With its traceback, as an ``except`` has it.
    """
    error.add_note(what)
    arguments = (type(error), error, error.__traceback__, threading.current_thread())
    threading.excepthook(threading.ExceptHookArgs(arguments))
