"""Functions for rules alone: vectors, derivatives of the loss, random numbers."""

from __future__ import annotations

from engine.language.functions.function import Function

# fmt: off
VECTORS = (
    Function("dot", 2, 2, "sum over the coordinates of u*v", meaning="sum(u*v)", rule_only=True),
    Function("sum", 1, 1, "sum over the coordinates", native="coordinates", traits="partial", rule_only=True),
    Function("mean", 1, 1, "mean over the coordinates; in a loss from data, over its rows",
        native="coordinates", traits="partial", form="mean", rule_only=True),
    Function("coordinate", 2, 2, "coordinate number v of the vector u, from 1",
        native="coordinates", traits="partial", form="index", rule_only=True),
    Function("vector", 2, 2, "the vector whose coordinates are u and v",
        native="coordinates", traits="partial", form="fence ( )", rule_only=True),
    Function("grad", 1, 1, "gradient at another point",
        native="loss", traits="partial", form="name ∇", rule_only=True),
    Function("loss", 1, 1, "loss at another point", native="loss", traits="partial", rule_only=True),
    Function("hess", 1, 2, "Hessian at w, or at a point given behind, times a vector",
        native="loss", traits="partial", form="name ∇²", rule_only=True),
    Function("hessdiag", 0, 1, "diagonal of the Hessian at w, or at a point given",
        native="loss", traits="partial", rule_only=True),
    Function("rand", 0, 0, "a random number from 0 up to 1 for each coordinate",
        native="noise", traits="fresh", rule_only=True),
    Function("randn", 0, 0, "a normal random number for each coordinate",
        native="noise", traits="fresh", rule_only=True),
)
# fmt: on
