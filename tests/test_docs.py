"""The pages that are made from the program are up to date."""

from docs.make_functions import PAGE, page


def test_the_page_of_functions_says_what_the_table_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "docs/functions.md is stale: run `make docs` and commit it."
