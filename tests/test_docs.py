"""The pages that are made from the program are up to date."""

from docs import make_functions, make_optimizers


def test_the_page_of_functions_says_what_the_table_says() -> None:
    said = make_functions.PAGE.read_text(encoding="utf-8")
    assert said == make_functions.page(), "docs/functions.md is stale: run `make docs` and commit it."


def test_the_page_of_optimizers_says_what_the_catalogue_says() -> None:
    said = make_optimizers.PAGE.read_text(encoding="utf-8")
    assert said == make_optimizers.page(), "docs/optimizers.md is stale: run `make docs` and commit it."
