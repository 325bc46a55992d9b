AGREEMENTS: dict[str, float] = {}
