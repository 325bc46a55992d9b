"""A spoilt rule of the catalogue races or is refused in a sentence; `tests/benchmarks/rule_mutations.py` tries more."""

from tests.mutations import mutations, races

SHARE = 250


def test_a_mutated_rule_races_or_is_refused_in_a_sentence_and_nothing_else() -> None:
    raced = [races(rule) for rule in mutations(SHARE, seed=1)]
    assert any(raced) and not all(raced)
