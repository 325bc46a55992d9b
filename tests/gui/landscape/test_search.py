"""What a person types finds what they mean."""

import pytest

from gui.files.landscape_library import FAMILY_OF
from gui.landscape.search import found, is_a_slip_apart
from landscapes import CATALOGUE


def names(sought: str) -> list[str]:
    return [entry.name for entry in found(list(CATALOGUE.values()), sought, lambda entry: FAMILY_OF[entry.name])]


def test_nothing_sought_leaves_everything_as_it_stands() -> None:
    assert names("  ") == list(CATALOGUE)


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_landscape_comes_first_by_its_own_name(name: str) -> None:
    assert names(name)[0] == names(name.upper())[0] == name


def test_the_words_of_a_name_may_be_typed_apart() -> None:
    assert names("goldstein price")[0] == "GoldsteinPrice"


def test_words_go_through_traits_authors_and_what_is_taught() -> None:
    assert set(names("convex ravine")) <= {name for name, entry in CATALOGUE.items() if "convex" in entry.tags}
    assert "Rosenbrock" in names("bend to the end")
    assert names("beale 1958") == ["Beale"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("himelblau", "Himmelblau"), ("rosenbrok", "Rosenbrock"), ("rastirgin", "Rastrigin"), ("acley", "Ackley")],
)
def test_a_slip_of_the_fingers_is_forgiven(typed: str, meant: str) -> None:
    assert names(typed)[0] == meant


def test_what_is_nothing_finds_nothing() -> None:
    assert names("zzzz") == names("beale zzzz") == []


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [("beale", "beale", True), ("beale", "bale", True), ("bale", "beale", True), ("beale", "baele", True),
     ("beale", "baala", False), ("beale", "elaeb", False), ("", "ab", False)],
)  # fmt: skip
def test_a_slip_is_one_letter_or_two_neighbours_that_changed_places(one: str, other: str, near: bool) -> None:
    assert is_a_slip_apart(one, other) is near
