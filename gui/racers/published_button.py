"""The button that sets a racer's rule as its source does, and once more gives back what was set before."""

from __future__ import annotations

from collections.abc import Mapping

from gui.racers.optimizer_words import told
from gui.session.session import Session
from gui.widgets.icon_button import IconButton


class PublishedButton(IconButton):
    """A button that is pressed while the hyperparameters of the rule are as published."""

    def __init__(self, session: Session, key: int, size: int) -> None:
        super().__init__("published", "Set as published", self._turn, size=size)
        self.setCheckable(True)
        self._session, self._key = session, key
        self._before: Mapping[str, float] = {}
        session.hyperparameter_changed.connect(self._follow)

    @property
    def remembers(self) -> bool:
        """Whether there is something to be given back that is known to nobody else."""
        return bool(self._before)

    def show_settings(self) -> None:
        """Tell whether the racer's rule is set as published, and what a click would set."""
        racer = self._session.racer(self._key)
        taken = racer.own_values == racer.published
        back = self._back(racer.suited)
        self.setVisible(bool(racer.published))
        self.setChecked(taken)
        source = "in its file" if racer.function is not None else "published"
        if taken and back != racer.published:
            self.setToolTip(f"As {source}. A click gives back:\n{told(back)}")
        else:
            self.setToolTip(f"Set as {source}:\n{told(racer.published)}")

    def _turn(self) -> None:
        racer = self._session.racer(self._key)
        if racer.own_values == racer.published:
            self._session.take_settings(self._key, self._back(racer.suited))
        else:
            self._before = racer.own_values
            self._session.take_settings(self._key, racer.published)
        self.show_settings()

    def _back(self, suited: Mapping[str, float]) -> Mapping[str, float]:
        """Return what was set before; where that is not known for this rule, what suits two coordinates."""
        return self._before if self._before.keys() == suited.keys() else suited

    def _follow(self, key: int) -> None:
        if key == self._key:
            self.show_settings()
