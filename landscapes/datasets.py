"""Losses from data: two weights of a model are fitted to a small data set, of which mini-batches can be drawn."""

from landscapes.landscape import DataLandscape

LEAST_SQUARES = "Gauss, Theoria motus corporum coelestium, 1809"
LINE = "mean((x*u + y - v)^2)"
TWO_COLUMNS = "mean((x*u + y*s - v)^2)"

LINEAR_REGRESSION = DataLandscape(
    "LinearRegression", LINE, ((-2, 3), (-2, 4)), ((0.4941779571108077, 1.002619284531954),), (-1.5, -1.2),
    LEAST_SQUARES, data="line",
    note="A slope x and a height y fitted to points: small batches make racers tremble around the goal.",
    tags=("convex",), lowest=0.08897191132761233,
)  # fmt: skip

RAW_COLUMN_REGRESSION = DataLandscape(
    "RawColumnRegression", LINE, ((-0.5, 1.5), (-2.5, 4.5)), ((0.49417795711080764, 1.0259074560887234),), (-0.3, 3.9),
    LEAST_SQUARES, data="line", settings={"offset": 4},
    note="The column lies far from 0: slope and height make up for each other, and the valley grows long.",
    tags=("convex", "ravine", "ill-conditioned"), lowest=0.08897191132761231,
)  # fmt: skip

STANDARDISED_REGRESSION = DataLandscape(
    "StandardisedRegression",
    "m = mean(u)\n"
    "s = sqrt(mean((u - m)^2))\n"
    "mean((x*(u - m)/s + y - v)^2)",
    ((-3, 4), (-0.5, 6.5)), ((0.4990620477631575, 2.978355107379473),), (-2.5, 0.2),
    "LeCun et al., Efficient backprop, 1998", data="line", settings={"offset": 4},
    note="The same points with the column brought to mean 0 and spread 1: the ravine has become a round bowl.",
    tags=("convex",), lowest=0.08897191132761231,
    remark="A mini-batch is standardised by itself, as batch normalisation does.",
)  # fmt: skip

SPARSE_COLUMN_REGRESSION = DataLandscape(
    "SparseColumnRegression", TWO_COLUMNS, ((-2, 3), (-3, 3)), ((1.0253810367126313, -1.0223113830835602),),
    (-1.5, 2.5),
    "Duchi, Hazan and Singer, Adaptive subgradient methods, 2011", data="two columns", settings={"sparsity": 0.95},
    note="The second column is 0 in nineteen rows of twenty: a stride of its own is what its weight needs.",
    tags=("convex",), lowest=0.09116695904987843,
)  # fmt: skip

CORRELATED_COLUMNS = DataLandscape(
    "CorrelatedColumns", TWO_COLUMNS, ((-2, 4), (-4, 2)), ((1.093849591306786, -1.07250826018974),), (-1.7, 0.4),
    "Hoerl and Kennard, Ridge regression, 1970", data="two columns", settings={"correlation": 0.95},
    note="Two columns that say nearly the same: the valley lies askew, and strides for x and y cannot see it.",
    tags=("convex", "ravine"), lowest=0.09069506222530341,
)  # fmt: skip

LOGISTIC_REGRESSION = DataLandscape(
    "LogisticRegression", "mean(softplus(x*u + y) - c*(x*u + y))", ((-4, 6), (-5, 5)),
    ((1.9289696013581783, -0.11068467497475942),), (-3, -3.5),
    "Cox, The regression analysis of binary sequences, 1958", data="two classes", prediction="sigmoid(x*u + y)",
    note="The odds of a class rise along u: steep while the boundary is wrong, and almost level near the goal.",
    tags=("convex", "plateau"), lowest=0.36138701285261027,
    remark="The shorter form of the cross entropy, which no saturated probability makes infinite.",
)  # fmt: skip

TANH_UNIT = DataLandscape(
    "TanhUnit", "mean((y*tanh(x*u) - v)^2)", ((-4, 4), (-3, 3)),
    ((-1.678383046693591, -0.9852732060954956), (1.678383046693591, 0.9852732060954956)), (-0.4, 2.3),
    "Rumelhart, Hinton and Williams, Learning representations by back-propagating errors, 1986", data="saturating",
    note="A network of one hidden unit: two equal goals by symmetry, a saddle between them, plains far out.",
    tags=("saddle", "plateau", "multimodal"), lowest=0.08859368950849213, saddles=((0, 0),), other_starts=((3.5, -1),),
)  # fmt: skip

DEEP_LINE = DataLandscape(
    "DeepLine", "mean((x*y*u - v)^2)", ((-3, 3), (-3, 3)),
    ((-1, -0.9940521523353467), (0.5, 1.9881043046706934), (1, 0.9940521523353467), (2, 0.49702607616767336)),
    (0.3, 2.7), "Saxe, McClelland and Ganguli, Exact solutions to the nonlinear dynamics of learning, 2013",
    data="line", settings={"slope": 1, "intercept": 0},
    note="A slope made of two weights: every pair with the right product fits, and batches drive racers along.",
    tags=("ravine", "saddle", "ill-conditioned"), lowest=0.08897875579968688, continuum=True, saddles=((0, 0),),
)  # fmt: skip

HUBER_REGRESSION = DataLandscape(
    "HuberRegression",
    "r = x*u + y - v\n"
    "mean(where(|r| < d, r^2/2, d*(|r| - d/2)))",
    ((-3, 4), (-3, 5)), ((0.4640901658804381, 1.3106377217295082),), (-2.5, -2),
    "Huber, Robust estimation of a location parameter, 1964", {"d": 1.0}, {"d": (0.05, 5)},
    data="line", settings={"outliers": 0.2},
    note="One point in five is wild: far ones pull with a bounded force, so no gradient is large.",
    tags=("convex",), lowest=1.1606604276719292,
)  # fmt: skip

ABSOLUTE_REGRESSION = DataLandscape(
    "AbsoluteRegression", "mean(|x*u + y - v|)", ((-3, 4), (-3, 5)), ((0.5089773726361274, 1.0933997086370117),),
    (-2.5, -2), "Laplace, Sur quelques points du système du monde, 1789",
    data="line", settings={"points": 60, "outliers": 0.2},
    note="Every point pulls with the same force: wild ones are outvoted, and the slope is never small but at kinks.",
    tags=("convex", "non-smooth"), lowest=1.3564556389781002,
)  # fmt: skip

RECURRENT_CELL = DataLandscape(
    "RecurrentCell",
    "f(h) = tanh(x*h + y)\n"
    "mean((f(f(f(f(f(f(u)))))) - v)^2)",
    ((-2, 5), (-3, 2.5)), ((2, -0.5),), (4.2, -0.9),
    "Pascanu, Mikolov and Bengio, On the difficulty of training recurrent neural networks, 2013",
    data="recurrent", settings={"noise": 0},
    note="One weight of feedback, six steps of time: a cliff throws out whoever meets it with a long stride.",
    tags=("ravine", "plateau", "ill-conditioned"), lowest=0, other_starts=((0.5, -2),),
)  # fmt: skip
