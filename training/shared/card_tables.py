"""Measured figures as a model card writes them."""


def percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ("---",) * len(head), *rows])
