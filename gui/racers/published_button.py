"""The button that sets a racer's hyperparameters as published, and when pressed again restores the earlier ones."""

from __future__ import annotations

from collections.abc import Mapping

from gui.racers.optimizer_words import settings_text
from gui.session.session import Session
from gui.widgets.icon_button import IconButton


class PublishedButton(IconButton):
    """A button that is pressed while the rule's hyperparameters are as published."""

    def __init__(self, session: Session, key: int, size: int) -> None:
        super().__init__("published", "Set as published", self._press, size=size)
        self.setCheckable(True)
        self._session, self._key = session, key
        self._before: Mapping[str, float] = {}
        session.hyperparameter_changed.connect(self._follow)

    @property
    def remembers(self) -> bool:
        """Whether there are earlier settings to restore, which no other object holds."""
        return bool(self._before)

    def show_settings(self) -> None:
        """Show whether the racer's rule is set as published; the tooltip says what a click sets."""
        racer = self._session.racer(self._key)
        taken = racer.own_values == racer.published
        back = self._back(racer.suited)
        self.setVisible(bool(racer.published) and not racer.is_own_rule)
        self.setChecked(taken)
        source = "in its file" if racer.function is not None else "published"
        if taken and back != racer.published:
            self.setToolTip(f"Set as {source}. Click to restore:\n{settings_text(back)}")
        else:
            self.setToolTip(f"Set as {source}:\n{settings_text(racer.published)}")

    def _press(self) -> None:
        racer = self._session.racer(self._key)
        if racer.own_values == racer.published:
            self._session.take_settings(self._key, self._back(racer.suited))
        else:
            self._before = racer.own_values
            self._session.take_settings(self._key, racer.published)
        self.show_settings()

    def _back(self, suited: Mapping[str, float]) -> Mapping[str, float]:
        """Return the earlier settings of this rule; where there are none, those that suit two coordinates."""
        return self._before if self._before.keys() == suited.keys() else suited

    def _follow(self, key: int) -> None:
        if key == self._key:
            self.show_settings()
