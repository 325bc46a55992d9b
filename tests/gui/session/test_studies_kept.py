"""What was chosen for studies stands in the file of a session."""

import json
from pathlib import Path

import pytest

from gui.files.record_file import RecordError
from gui.files.session_file import read_choices, write_choices
from gui.session.choices import FIRST_LANDSCAPE, FIRST_RACERS, Choices
from gui.session.session import Session
from gui.session.study_choices import AxisChoice, LeagueChoice, SpaceChoice
from landscapes import LANDSCAPES


@pytest.fixture
def chosen() -> Choices:
    session = Session(LANDSCAPES[FIRST_LANDSCAPE], list(FIRST_RACERS))
    session.set_tuning(budget=77, also=("Beale",), spaces=(SpaceChoice("Adam", "lr", 0.01, 1.0, "log", True),))
    session.set_settings_map(kind="curve", racer="Adam", axes=(AxisChoice("lr", 1e-3, 2.0, "log"),), goal=0.5)
    session.set_league(field="all", tags=("convex", "noisy"), trials=1)
    return session.choices()


def test_studies_are_read_as_they_were_written(chosen: Choices, tmp_path: Path) -> None:
    write_choices(tmp_path / "session.json", chosen)
    read = read_choices(tmp_path / "session.json")
    assert read is not None
    assert (read.tuning, read.settings_map, read.league) == (chosen.tuning, chosen.settings_map, chosen.league)


def test_a_log_axis_from_0_is_not_believed_and_older_files_have_first_choices(chosen: Choices, tmp_path: Path) -> None:
    path = tmp_path / "session.json"
    write_choices(path, chosen)
    record = json.loads(path.read_text(encoding="utf-8"))
    (holder,) = [part for part in record.values() if isinstance(part, dict) and "settings_map" in part]
    del holder["league"]
    path.write_text(json.dumps(record), encoding="utf-8")
    read = read_choices(path)
    assert read is not None and read.league == LeagueChoice()
    holder["settings_map"]["axes"][0]["low"] = 0.0
    path.write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(RecordError, match="settings_map"):
        read_choices(path)
