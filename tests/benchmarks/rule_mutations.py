"""10,000 spoilt rules of the catalogue: each races or is refused in a sentence, and nothing else happens."""

from measure import seconds

from tests.mutations import mutations, races

COUNT = 10_000


def main() -> None:
    """Print how many of the mutations race, and how long all took."""
    raced: list[bool] = []
    took = seconds(lambda: raced.extend(map(races, mutations(COUNT, seed=0))))
    print(f"{COUNT:,} mutated rules: {sum(raced):,} race, the others are refused, nothing else, in {took:.0f} s")


if __name__ == "__main__":
    main()
