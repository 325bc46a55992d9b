"""One error holds all errors of a text."""

import pickle

from engine.language.errors import MOST_REPORTED, FormulaError, together


def test_the_first_of_several_errors_speaks_and_the_others_stand_beside_it() -> None:
    late, early = FormulaError("Late.", 7, 9), FormulaError("Early.", 2, 3, "Try this.")
    error = together([late, early])
    assert str(error) == "Early. Try this."
    assert [(other.message, other.start) for other in error.also] == [("Late.", 7)]


def test_errors_that_stand_together_already_are_put_in_order_with_the_others() -> None:
    pair = together([FormulaError("A.", 1, 1), FormulaError("C.", 3, 3)])
    error = together([FormulaError("B.", 2, 2), pair])
    assert [other.message for other in (error, *error.also)] == ["A.", "B.", "C."]


def test_only_so_many_errors_are_reported() -> None:
    assert len(together([FormulaError("No.", place, place) for place in range(100)]).also) == MOST_REPORTED - 1


def test_an_error_pickles_with_those_beside_it() -> None:
    copy = pickle.loads(pickle.dumps(together([FormulaError("A.", 1, 2, "Try."), FormulaError("B.", 3, 4)])))
    assert (str(copy), copy.start, copy.end, copy.hint) == ("A. Try.", 1, 2, "Try.")
    assert [str(other) for other in copy.also] == ["B."]
