"""The pages of the manual: Markdown files of the folder `docs`, which the program is installed with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[3] / "docs"


@dataclass(frozen=True)
class ManualPage:
    """A page: the name of its file, its title in the list, and what it answers."""

    file: str
    title: str
    answers: str

    @property
    def path(self) -> Path:
        """Where the file is."""
        return FOLDER / self.file


MANUAL = (
    ManualPage("language.md", "The language", "How a formula is written and read"),
    ManualPage("functions.md", "Functions", "Every function of the language, with its slope"),
    ManualPage("rules.md", "Rules", "How an optimizer is written as a short text"),
    ManualPage("optimizers.md", "Optimizers", "The catalogue, each with its source and how it differs from it"),
    ManualPage("wrappers.md", "Modifiers", "What can be put round a rule: schedules, clipping, averages, noise"),
    ManualPage("landscapes.md", "Landscapes", "The catalogue, each with its minima and its source"),
    ManualPage("data.md", "Own data", "How a table is read, and what is fitted to it"),
    ManualPage("lessons.md", "Lessons", "Scenes that ask one question each, which a race answers"),
    ManualPage("tuning.md", "Tuning and leagues", "Which optimizer is better when each is tuned with the same care"),
    ManualPage("league.md", "The league", "Who is best where, all optimizers tuned alike on all landscapes"),
    ManualPage("own_functions.md", "Python functions", "A loss or a step of your own, from a Python file"),
    ManualPage("maps.md", "Maps", "Where every start ends, and which settings work, as pictures of racers"),
    ManualPage("embedding.md", "Embedding", "The 3-D view and the engine in programs of your own"),
    ManualPage("accuracy.md", "Accuracy", "How exact values, slopes and steps are"),
)
