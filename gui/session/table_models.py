"""The models that are fitted to columns of a file: a line, or a classifier; each is a formula that one could type."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.data.classifier import classifier_view
from engine.data.rows import TableData, table_at
from engine.data.scaling import as_they_are, is_standardised
from engine.data.scaling import standardised as standardised_text
from engine.data.tables.labels import HIGH, LOW, TwoClasses
from engine.data.tables.table import Table, TableError
from engine.language.types import Array
from gui.session.saved_landscape import FITTED, SavedLandscape

LINE_COLUMNS = 2
"""Of the data that a line is fitted to: one to predict from, and one to predict."""
MOST_FEATURES = 2
"""Columns that tell the classes apart: a landscape has two weights."""
BIASES = ("bias", "offset", "bias_of_all")
"""What the third weight of a classifier is called, unless a column is."""

SEPARATED = "The columns separate the classes without an error: the loss has no minimum, however far the weights grow."


def line_through(path: str, table: Table, names: tuple[str, str], standardised: bool) -> SavedLandscape:
    """Return the loss of a straight line through two columns of a file.

    The first of them may be brought to mean 0 and deviation 1.

    Raises
    ------
    TableError
        Where the table has no such columns, or too few rows with a number in both.
    """
    bounds, start = table.line_view(*names, standardised)
    formula = line_formula(*names, standardised)
    return SavedLandscape("", formula, bounds, (), start, FITTED, data=_data(path, table, names))


def line_formula(across: str, up: str, standardised: bool) -> str:
    """Return the loss of a straight line through two columns; the first may be brought to mean 0 and deviation 1."""
    text = f"mean((x*{across} + y - {up})^2)"
    return standardised_text(text, [across]) if standardised else text


def classifier_through(
    path: str, table: Table, features: Sequence[str], label: str, standardised: bool
) -> SavedLandscape:
    """Return the logistic loss of telling the two classes of a column apart by one or two others.

    The weights of two columns are x and y, with a slider for the bias, which begins at its best value; of one column
    x is the weight, and y the bias.

    Raises
    ------
    TableError
        Where the table has no such columns, or `label` has not two values.
    """
    names = (*features, label)
    classes = classes_in(table, names)
    if classes is None:
        raise TableError(f'"{table.titles[label]}" has not two values, and a classifier tells two classes apart.')
    columns = table.chosen(*names)
    view = classifier_view([columns[name] for name in features], sides_of(columns[label], classes), standardised)
    bias = next(name for name in BIASES if name not in names)
    return SavedLandscape(
        "", classifier_formula(features, label, classes, standardised, bias), view.bounds, (), view.start, FITTED,
        {bias: view.bias} if len(features) > 1 else {}, data=_data(path, table, names),
    )  # fmt: skip


def separation_remark(table: Table, features: Sequence[str], label: str) -> str:
    """Return the sentence that says that a line separates the classes, "" where none does or there are no two."""
    names = (*features, label)
    classes = classes_in(table, names)
    if classes is None:
        return ""
    columns = table.chosen(*names)
    view = classifier_view([columns[name] for name in features], sides_of(columns[label], classes), standardised=True)
    return SEPARATED if view.separated else ""


def classes_in(table: Table, names: Sequence[str]) -> TwoClasses | None:
    """Return the classes of the last column in the rows that have a value in all, or None where it has not two."""
    known = table.classes(names[-1])
    found = set(table.chosen(*names)[names[-1]].tolist()) if known is not None else set()
    return known if known is not None and found == {known.low, known.high} else None


def sides_of(values: Array, classes: TwoClasses) -> Array:
    """Return 1 for each row of the higher class, and -1 for the others, float64 (rows,)."""
    return np.where(values == classes.high, HIGH, LOW)


def classifier_formula(features: Sequence[str], label: str, classes: TwoClasses, standardised: bool, bias: str) -> str:
    """Return the mean of log(1 + exp(-side*margin)) over the rows: `softplus`, which large margins do not overflow."""
    weighted = [f"{weight}*{name}" for weight, name in zip("xy", features, strict=False)]
    margin = " + ".join([*weighted, "y" if len(features) == 1 else bias])
    side, lines = label, []
    if (classes.low, classes.high) != (LOW, HIGH):
        side = next(name for name in (f"{label}_side", f"{label}_sign") if name not in features)
        lines = [f"{side} = {side_text(label, classes)}"]
    loss = f"mean(softplus(-{side}*({margin})))  # {classes.sentence}"
    text = "\n".join([*lines, loss])
    return standardised_text(text, features) if standardised else text


def side_text(label: str, classes: TwoClasses) -> str:
    """Return the formula that takes the two values of a column to -1 and 1: `2*passed - 1` where they are 0 and 1."""
    scale = 2.0 / (classes.high - classes.low)
    shift = scale * classes.low + 1.0
    exact = (scale * classes.low - shift, scale * classes.high - shift) == (LOW, HIGH)
    if exact and all(float(f"{number:g}") == number for number in (scale, shift)):
        sign = "-" if shift >= 0 else "+"
        return f"{scale:g}*{label} {sign} {abs(shift):g}"
    return f"1 if {label} > {classes.low!r} else -1"


def _data(path: str, table: Table, names: tuple[str, ...]) -> TableData:
    return TableData(path, names, table.row_count(*names), table.checksum(*names), table.reading)


def text_scaled_otherwise(data: TableData, text: str) -> str:
    """Return a formula with the columns that it reads standardised, or as they are where they were standardised."""
    columns = data.names[:-1]
    return as_they_are(text, columns) if is_standardised(text, columns) else standardised_text(text, columns)


def model_scaled_otherwise(data: TableData, text: str) -> SavedLandscape | None:
    """Return the fitted model of a formula with standardised columns, or with columns as they are; each has its view.

    None where the formula is no model that is fitted here, or the file cannot be read any more.
    """
    wanted = text_scaled_otherwise(data, text)
    try:
        table = table_at(data.path, reading=data.reading)
        scaled = is_standardised(wanted, data.names)
        *features, label = data.names
        models = [line_through(data.path, table, (features[0], label), scaled)] if len(features) == 1 else []
        if classes_in(table, data.names) is not None and len(features) <= MOST_FEATURES:
            models.append(classifier_through(data.path, table, features, label, scaled))
    except TableError:
        return None
    return next((model for model in models if model.formula == wanted), None)
