"""Activation functions of neural networks."""

from __future__ import annotations

from engine.language.functions import exact
from engine.language.functions.function import Function

# fmt: off
ACTIVATIONS = (
    # exp may overflow in a meaning, to the right limit; a differential that divided by it would be inf/inf.
    Function("sigmoid", 1, 1, "smooth step from 0 to 1",
        meaning="1/(1 + exp(-u))", differential="sigmoid_slope(u)*unless(infinite(u), du)",
        exact=lambda mp, u: 1 / (1 + mp.exp(-u)), spellings=("logistic", "expit")),
    Function("sigmoid_slope", 1, 1, "slope of sigmoid",
        meaning="sigmoid(u)*sigmoid(-u)", differential="-r*tanh(u/2)*unless(infinite(u), du)",
        exact=lambda mp, u: 1 / (2 + mp.exp(u) + mp.exp(-u)), inner=True),
    Function("softplus", 1, 1, "log(1 + exp(u)), the smooth relu",
        meaning="max(0, u) + log1p(exp(-abs(u)))", differential="sigmoid(u)*unless(sigmoid(u) == 0, du)",
        exact=lambda mp, u: mp.log(1 + mp.exp(u))),
    Function("relu", 1, 1, "u where it is positive, else 0",
        meaning="max(0, u)", exact=lambda mp, u: exact.largest(mp, u, mp.mpf(0)), kink="0 at u = 0"),
    Function("gelu", 1, 1, "u times the normal distribution up to u",
        meaning="0.5*u*erfc(-u/sqrt(2))", exact=lambda mp, u: u * mp.ncdf(u)),
)
# fmt: on
