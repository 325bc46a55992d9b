"""What is said of one race of a league, and how it is opened in the window."""

from __future__ import annotations

from engine.optimizers.racer_text import parse_racer
from engine.tuning.row import LeagueRow
from gui.session.choices import RacerChoice
from gui.session.racer_changes import default_name
from gui.session.session import Session
from gui.window.studies.tuning.racer_rows import number_text
from landscapes import CATALOGUE


def cell_words(row: LeagueRow) -> str:
    """Return what became of a racer on a landscape."""
    if row.remark:
        return f"{row.racer} on {row.landscape}: {row.remark}"
    return (
        f"{row.text} on {row.landscape}: from loss {number_text(row.loss_at_start)} to {number_text(row.loss)} in "
        f"{row.evaluations:,} evaluations."
    )


def open_cell(session: Session, row: LeagueRow) -> None:
    """Race on the landscape of a row, from its first start, with the racer and its best settings.

    A racer of the session with the same optimizer takes the settings; else one is added.
    """
    optimizer, values = parse_racer(row.text)
    session.choose(CATALOGUE[row.landscape])
    session.set_start(*row.starts[0])
    settings = {**optimizer.defaults, **values}
    for racer in session.racers:
        if racer.optimizer == optimizer.name and not racer.rule:
            session.take_settings(racer.key, settings)
            return
    session.add_saved(RacerChoice(0, default_name(optimizer.name), optimizer.name, "", settings))
