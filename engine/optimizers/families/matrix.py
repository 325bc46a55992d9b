"""Optimizers with a matrix of past gradients, which also contains the direction of a slanting valley."""

from engine.rules.hyperparameters import DECOUPLED_DECAY, EPS, Hyperparameter, decay, learning_rate, small
from engine.rules.optimizer import IN_DOUBLE, Optimizer

SHAMPOO = Optimizer(
    "Shampoo",
    """
    swap(v) = vector(coordinate(v, 2), coordinate(v, 1))
    # The matrix of all slopes: D is its diagonal, c stands beside it.
    init D = eps
    D = D + g^2
    c = c + coordinate(g, 1)*coordinate(g, 2)
    trace = sum(D)
    det = max(coordinate(D, 1)*coordinate(D, 2) - c^2, eps*(trace - eps))
    # By Cayley and Hamilton, to the power of -1/2.
    w = w - lr*((trace + sqrt(det))*g - (D*g + c*swap(g)))/sqrt(det*(trace + 2*sqrt(det)))
    """,
    (learning_rate(1e-3, 0.5), small("eps", 1e-6, "the matrix to begin with, on its diagonal")),
    "Gupta, Koren and Singer, Shampoo: preconditioned stochastic tensor optimization, 2018",
    "AdaGrad that measures slopes along the valley and across it, however the valley lies.",
    "momentum and weight decay are left out; no eigenvalue of the matrix is taken for smaller than eps",
    link="https://arxiv.org/abs/1802.09568",
    follows="pytorch_optimizer.Shampoo",
    warning="It saves memory where the coordinates form a matrix; on two of them it is AdaGrad with the whole matrix.",
)

SOAP = Optimizer(
    "SOAP",
    """
    turn(v) = vector(-coordinate(v, 2), coordinate(v, 1))
    swap(v) = vector(coordinate(v, 2), coordinate(v, 1))
    along(v, q) = vector(dot(v, q), dot(v, turn(q)))
    back(v, q) = coordinate(v, 1)*q + coordinate(v, 2)*turn(q)
    unit(v) = v/norm(v) if norm(v) > 0 else vector(1, 0)
    # Adam along the axes q and turn(q), after a first step that only looks.
    k = t - 1
    m = beta1*m + (1 - beta1)*g if k > 0 else 0
    v = beta2*v + (1 - beta2)*along(g, q)^2 if k > 0 else 0
    p = back(along(m, q)/(sqrt(v) + eps), q)
    w = (1 - lr*weight_decay)*(w - lr*sqrt(1 - beta2^k)/(1 - beta1^k)*p) if k > 0 else w
    # The matrix of late slopes: D is its diagonal, c stands beside it.
    D = beta2*D + (1 - beta2)*g^2
    c = beta2*c + (1 - beta2)*coordinate(g, 1)*coordinate(g, 2)
    # Now and then the matrix turns both axes; the one that it lengthens more becomes the first.
    due = k > 0 and k % precondition_frequency == 0
    first = D*q + c*swap(q)
    second = D*turn(q) + c*swap(turn(q))
    crossed = dot(turn(q), second) > dot(q, first)
    v = swap(v) if due and crossed else v
    next = g if k == 0 else second if crossed else first
    q = unit(next) if due or k == 0 else q
    """,
    (
        learning_rate(3e-3, 0.05),
        decay("beta1", 0.95, "memory of the gradient"),
        decay("beta2", 0.95, "memory of its square, and of the matrix"),
        EPS,
        Hyperparameter(
            "precondition_frequency", 10.0, 1.0, 100.0, unit="steps", help="steps from one turn of the axes to the next"
        ),
        DECOUPLED_DECAY,
    ),
    "Vyas et al., SOAP: improving and stabilizing Shampoo using Adam, 2024",
    "Adam on axes that turn into the valley: a slanting one is as easy as a straight one.",
    f"x and y are one vector, with one matrix; {IN_DOUBLE}",
    link="https://arxiv.org/abs/2409.11321",
    follows="pytorch_optimizer.SOAP(precondition_1d=True)",
    warning="It is made for matrices, which have axes for rows and for columns; a point has one pair.",
)

PSGD_KRON = Optimizer(
    "PSGDKron",
    """
    swap(v) = vector(coordinate(v, 2), coordinate(v, 1))
    up(v) = vector(coordinate(v, 2), 0)
    down(v) = vector(0, coordinate(v, 1))
    m = momentum*m + (1 - momentum)*g
    m_hat = m / (1 - momentum^t)
    # Q has D on its diagonal and r above it, and below it 0.
    init D = 1
    a = D*m_hat + r*up(m_hat)
    # What is probed with, divided by Q from the right.
    z = vector(1, (-1)^t)
    b = z/D
    b = b - down(b)*r/D
    # Both squared, as matrices: diagonals and what stands beside them.
    gain = a^2 - b^2
    gain_r = coordinate(a, 1)*coordinate(a, 2) - coordinate(b, 1)*coordinate(b, 2)
    S = a^2 + b^2
    s = coordinate(a, 1)*coordinate(a, 2) + coordinate(b, 1)*coordinate(b, 2)
    # Nearly the larger eigenvalue of that sum, from its larger column; beside its largest number none gets too small.
    top = max(coordinate(S, 1), coordinate(S, 2))
    S = S/top
    s = s/top
    column = vector(1, s) if coordinate(S, 1) >= coordinate(S, 2) else vector(s, 1)
    twice = S*column + s*swap(column)
    size = top*norm(S*twice + s*swap(twice))/norm(twice)
    rate = precondition_lr/(size + 1e-38) if norm(a) > 0 else 0
    r = r - rate*(coordinate(gain, 1)*r + gain_r*coordinate(D, 2))
    D = D - rate*gain*D
    h = D*m_hat + r*up(m_hat)
    p = D*h + r*down(h)
    w = w - lr*min(1, 1.1/(sqrt(mean(p^2)) + 1e-6))*p
    """,
    (
        learning_rate(1e-3, 0.02),
        decay("momentum", 0.9, "memory of the gradient"),
        # Below 1, because at 1 a step may make the matrix singular.
        Hyperparameter("precondition_lr", 0.1, 0.0, 0.9, help="how fast the matrix learns"),
    ),
    "Pooladzandi and Li, Curvature-informed SGD via general purpose Lie-group preconditioners, 2024",
    "Learns by trial which way to stretch the slopes until they are alike in all directions.",
    "it probes with (1, 1) and (1, -1) in turn, where pytorch_optimizer draws normal numbers; the matrix learns at "
    f"every step but on level ground, where the other rests more and more after 500; {IN_DOUBLE}",
    link="https://arxiv.org/abs/2402.04553",
    follows="pytorch_optimizer.Kron(min_ndim_triangular=1)",
    warning="It saves memory where the coordinates form a matrix; on two of them it learns one matrix for both.",
)
