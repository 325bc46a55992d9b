"""The graph of a formula: what losses, schedules, predictions and typed numbers are built from."""

from __future__ import annotations

from collections.abc import Callable, Collection

from engine.language.graph.folding import Unrolling
from engine.language.graph.graph import Graph
from engine.language.graph.rounding import Rounding, rounding_of
from engine.language.syntax.parser import parse_formula
from engine.language.syntax.semantic_checks import outside_means
from engine.language.syntax.tree import Assignment, FormulaTree, FunctionDefinition


def untransformed(graph: Graph) -> dict[str, int]:
    """Return no nodes for x and y: they stand for themselves."""
    return {}


def build_formula(
    text: str,
    columns: Collection[str] = (),
    variables: Callable[[Graph], dict[str, int]] = untransformed,
    by_row: bool = False,
) -> tuple[Graph, int]:
    """Return the graph of a formula, and the node of its value.

    Parameters
    ----------
    text : str
    columns : collection of str
        The columns of a data set that it may run over.
    variables : callable
        Adds the nodes to the graph that x and y stand for, and returns them by name, as
        `engine.loss.transform.transformed_variables` does.
    by_row : bool
        Whether the formula may have a value for each row, as a prediction has; a loss has one for all.

    Raises
    ------
    FormulaError
        Where the text is no formula, or has a value for each row and must not.
    """
    tree = parse_formula(text, columns)
    graph = Graph(columns)
    environment = variables(graph)
    value = build_tree(tree, graph, environment, graph.call)
    if graph.by_row[value] and not by_row:
        raise outside_means(
            tree.result, {*columns, *(name for name, node in environment.items() if graph.by_row[node])}
        )
    # A formula's quotients are all rounded quotients.
    graph.rounding = Rounding(apart=rounding_of(graph, [value]).apart)
    return graph, value


def build_tree(tree: FormulaTree, graph: Graph, environment: dict[str, int], call: Callable[..., int]) -> int:
    """Return the node of a formula's value, made by `call` in `graph`; its definitions join the `environment`."""
    functions = [line for line in tree.definitions if isinstance(line, FunctionDefinition)]

    def name(text: str) -> int:
        return graph.leaf(text, environment)

    unrolling = Unrolling(graph.constant, name, call, graph.value_of, graph.check_size, functions)
    for line in tree.definitions:
        if isinstance(line, Assignment):
            environment[line.name] = unrolling.line(line.value, line.start, line.value.end)
    return unrolling.line(tree.result, tree.result.start, tree.result.end)
