"""The pages that are made from the program are up to date."""

from types import ModuleType

import pytest

from docs import make_functions, make_landscapes


@pytest.mark.parametrize("maker", [make_functions, make_landscapes], ids=["functions", "landscapes"])
def test_a_made_page_says_what_the_program_says(maker: ModuleType) -> None:
    stale = f"docs/{maker.PAGE.name} is stale: run `make docs` and commit it."
    assert maker.PAGE.read_text(encoding="utf-8") == maker.page(), stale
