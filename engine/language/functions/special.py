"""Special functions: the error function, the gamma function and its logarithmic derivatives."""

from __future__ import annotations

import math

from engine.language.functions import elementwise, exact
from engine.language.functions.function import BETWEEN_POLES, Function

# fmt: off
SPECIAL = (
    Function("erf", 1, 1, "error function",
        differential="2/sqrt(pi)*exp(-u^2)*unless(exp(-u^2) == 0, du)", numpy=elementwise.of_each(math.erf, math.nan),
        native="call erf", exact=lambda mp, u: mp.erf(u), traits="odd, rising", bounds=(-1.0, 1.0),
        over="where(u == 0, 2/sqrt(pi), r/u)"),
    Function("erfc", 1, 1, "1 - erf(u), exact where that is small",
        differential="-2/sqrt(pi)*exp(-u^2)*unless(exp(-u^2) == 0, du)",
        numpy=elementwise.of_each(math.erfc, math.nan), native="call erfc", exact=lambda mp, u: mp.erfc(u),
        traits="positive", bounds=(0.0, 2.0)),
    Function("gamma", 1, 1, "gamma function",
        differential="r*together(digamma(u)*du)", numpy=elementwise.of_each(math.gamma, math.nan),
        native="call tgamma", exact=lambda mp, u: mp.gamma(u), domain=(BETWEEN_POLES,), traits="partial",
        form="name Γ", letter=True),
    Function("factorial", 1, 1, "factorial, between whole numbers too",
        meaning="gamma(u + 1)", exact=lambda mp, u: mp.factorial(u), domain=(BETWEEN_POLES,), form="postfix !"),
    Function("lgamma", 1, 1, "logarithm of |gamma(u)|",
        differential="digamma(u)*du", numpy=elementwise.of_each(math.lgamma, math.inf), native="call lgamma",
        exact=lambda mp, u: mp.log(abs(mp.gamma(u))), domain=(BETWEEN_POLES,), spellings=("loggamma", "gammaln"),
        traits="partial"),
    Function("digamma", 1, 1, "slope of lgamma",
        meaning="digamma_right(where(u < 0.5, 1 - u, u)) - where(u < 0.5, pi*cot(pi*(u - round(u))), 0)",
        differential="trigamma(u)*du", exact=lambda mp, u: mp.digamma(u), domain=(BETWEEN_POLES,), traits="partial",
        form="name ψ"),
    Function("trigamma", 1, 1, "slope of digamma",
        meaning="where(u < 0.5, (pi/sin(pi*(u - round(u))))^2 - trigamma_right(where(u < 0.5, 1 - u, u)),"
                " trigamma_right(where(u < 0.5, 1 - u, u)))",
        exact=exact.trigamma, domain=(BETWEEN_POLES,), traits="partial", form="name ψ 1"),
    # Recurrences lead to 10 and more, where Stirling's series and its slope need few terms.
    Function("digamma_right", 1, 1, "digamma of 0.5 and more",
        meaning="log(u + 10) - 0.5/(u + 10) - digamma_tail((u + 10)^(-2)) - 1/u - 1/(u + 1) - 1/(u + 2) - 1/(u + 3)"
                " - 1/(u + 4) - 1/(u + 5) - 1/(u + 6) - 1/(u + 7) - 1/(u + 8) - 1/(u + 9)",
        differential="trigamma_right(u)*du", exact=lambda mp, u: mp.digamma(u), domain=(((0.5, math.inf),),),
        inner=True),
    Function("digamma_tail", 1, 1, "what Stirling's series for digamma ends in",
        meaning="u*(1/12 - u*(1/120 - u*(1/252 - u*(1/240 - u*(1/132 - u*(691/32760 - u/12))))))",
        exact=exact.digamma_tail, domain=(((0.0, 0.0095),),), inner=True),
    Function("trigamma_right", 1, 1, "trigamma of 0.5 and more",
        meaning="(1 + trigamma_tail((u + 10)^(-2)))/(u + 10) + 0.5*(u + 10)^(-2) + (1/u)^2 + (1/(u + 1))^2"
                " + (1/(u + 2))^2 + (1/(u + 3))^2 + (1/(u + 4))^2 + (1/(u + 5))^2 + (1/(u + 6))^2 + (1/(u + 7))^2"
                " + (1/(u + 8))^2 + (1/(u + 9))^2",
        exact=exact.trigamma, domain=(((0.5, math.inf),),), inner=True),
    Function("trigamma_tail", 1, 1, "what the slope of Stirling's series ends in",
        meaning="u*(1/6 - u*(1/30 - u*(1/42 - u*(1/30 - u*(5/66 - u*(691/2730 - 7/6*u))))))",
        exact=exact.trigamma_tail, domain=(((0.0, 0.0095),),), inner=True),
)
# fmt: on
