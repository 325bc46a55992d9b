"""What a person has changed, in words: "lr of Adam", "the formula", "removing Adam"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.data.rows import MadeData
from engine.optimizers.racer_text import modifiers_in
from gui.session.choices import CameraPose, RacerChoice
from gui.session.state import FIELDS, ORDER, RACER, RACER_FIELDS, Differences, Place, State, racers_in

LONGEST_NAME = 40
"""Characters of a name in a menu."""


@dataclass(frozen=True)
class Edit:
    """What was changed.

    Attributes
    ----------
    words : str
        What stands behind "Undo" or "Redo".
    subject : tuple
        What it was that changed: fast edits of one subject are one edit.
    joins : bool
        Whether it is changed gradually, by dragging or typing.
    removal : str
        The sentence that offers back what was removed, or "".
    """

    words: str
    subject: tuple[object, ...]
    joins: bool = False
    removal: str = ""


def edit_of(found: Differences, before: State, after: State) -> Edit:
    """Return what the differences between two states are; where several things differ, the first of `FIELDS`."""
    for describe in (_membership, _landscape, _racer, _field):
        edit = describe(found, before, after)
        if edit is not None:
            return edit
    return _order(before, after)


def goes_on(before: Edit, edit: Edit) -> bool:
    """Return whether an edit goes on with the one before it: of the same thing, or of the rule of a racer just added.

    The first letter that is typed into a rule of the catalogue adds a copy that has it, and the next ones change that.
    """
    added, changed = before.subject, edit.subject
    return added == changed or (changed[0] == RACER and changed[2:] == ("rule",) and added == (changed[:2],))


def _membership(found: Differences, before: State, after: State) -> Edit | None:
    """Describe racers that were added or removed."""
    places = [place for place in found if place[0] == RACER and len(place) == 2]
    if not places:
        return None
    removed = [racer for racer in racers_in(before) if (RACER, racer.key) not in after]
    added = [racer for racer in racers_in(after) if (RACER, racer.key) not in before]
    subject = tuple(places)
    if removed and added:
        return Edit("the racers", subject)
    names = _names(removed or added)
    if added:
        return Edit(f"adding {names}", subject)
    return Edit(f"removing {names}", subject, removal=f"{names} {'was' if len(removed) == 1 else 'were'} removed.")


def _order(before: State, after: State) -> Edit:
    """Describe a racer that was moved among the others; of two that have changed places, either may be it."""
    old, new = ([racer.key for racer in racers_in(state)] for state in (before, after))
    names = {racer.key: short(racer.name) for racer in racers_in(after)}
    moved = [key for key in new if [other for other in old if other != key] == [other for other in new if other != key]]
    if len(moved) == 1:
        return Edit(f"moving {names[moved[0]]}", ORDER)
    if len(moved) == 2:
        return Edit(f"swapping {names[moved[0]]} and {names[moved[1]]}", ORDER)
    return Edit("the order of the racers", ORDER)


def _names(racers: list[RacerChoice]) -> str:
    return short(racers[0].name) if len(racers) == 1 else f"{len(racers)} racers"


def _landscape(found: Differences, before: State, after: State) -> Edit | None:
    """Describe another landscape, formula or function."""
    function, name = after[("function",)], after[("landscape",)]
    if ("formula",) not in found and ("function",) not in found:
        return None
    if ("landscape",) in found and name:
        return Edit(f"the landscape {short(str(name))}", ("landscape", name))
    if ("function",) in found:
        return Edit(FIELDS["function"].words, ("function", function))
    return Edit(FIELDS["formula"].words, ("formula",), joins=True)


def _racer(found: Differences, before: State, after: State) -> Edit | None:
    """Describe what was changed of a racer."""
    for name, field in RACER_FIELDS.items():
        places = [place for place in found if len(place) == 3 and place[2] == name]
        if len(places) > 1 and len({place[1] for place in places}) > 1:
            return Edit(f"{field.words} {len(places)} racers", tuple(places), field.joins)
        if places:
            return _racer_field(places[0], found, before, after)
    return None


def _racer_field(place: Place, found: Differences, before: State, after: State) -> Edit:
    (old, new), name = found[place], str(place[2])
    earlier, racer = before[place[:2]], after[place[:2]]
    assert isinstance(earlier, RacerChoice) and isinstance(racer, RacerChoice)
    who, field = short(racer.name), RACER_FIELDS[name]
    if name == "optimizer":
        return _modifiers(place, earlier, racer)
    if name in ("values", "ranges") and isinstance(old, Mapping) and isinstance(new, Mapping):
        return _numbers(place, _differing(old, new), who)
    if name == "mapped":
        return Edit(f"{'showing' if new else 'hiding'} the basin map of {who}", place)
    if name == "swarm":
        return Edit(f"{'releasing' if new else 'ending'} the swarm of {who}", place)
    if name == "visible":
        return Edit(f"{'showing' if new else 'hiding'} {who}", place)
    return Edit(f"{field.words} {who}", place, field.joins)


def _numbers(place: Place, names: list[str], who: str) -> Edit:
    """Describe values or ranges of hyperparameters."""
    field, one = RACER_FIELDS[str(place[2])], len(names) == 1
    words = f"{field.words} {who}"
    if one:
        words = f"{names[0]} of {who}" if place[2] == "values" else f"the range of {names[0]} of {who}"
    return Edit(words, (*place, *names), field.joins)


def _modifiers(place: Place, old: RacerChoice, new: RacerChoice) -> Edit:
    """Describe wrappers and schedules that were added, removed or typed; a racer's name may follow them."""
    before, after = ([part.name for part in modifiers_in(racer.optimizer)] for racer in (old, new))
    gone, come = ([part for part in some if part not in others] for some, others in ((before, after), (after, before)))
    if len(before) < len(after) and len(come) == 1:
        return Edit(f"adding {short(come[0])} to {short(old.name)}", (*place, *come))
    if len(before) > len(after) and len(gone) == 1:
        what, who = short(gone[0]), short(new.name)
        return Edit(f"removing {what} from {who}", (*place, *gone), removal=f"{what} was removed from {who}.")
    return Edit(f"{RACER_FIELDS['optimizer'].words} {short(old.name)}", place, joins=len(before) == len(after))


def _field(found: Differences, before: State, after: State) -> Edit | None:
    """Describe any other field."""
    for name, field in FIELDS.items():
        pair = found.get((name,))
        if pair is None:
            continue
        old, new = pair
        if name in ("parameters", "parameter_ranges") and isinstance(old, Mapping) and isinstance(new, Mapping):
            names = _differing(old, new)
            return Edit(f"{field.words} {', '.join(names)}", (name, *names), field.joins)
        if isinstance(old, MadeData) and isinstance(new, MadeData):
            return _data(old, new)
        if isinstance(new, CameraPose):
            return Edit(field.words, (name, new.standard), joins=not new.standard)
        return Edit(field.words, (name,), field.joins)
    return None


def _data(old: MadeData, new: MadeData) -> Edit:
    fewer = len(new.removed) > len(old.removed) or len(new.added) < len(old.added)
    if fewer and old.settings == new.settings:
        return Edit("taking a point away", ("data", "point"), removal="A point was taken away.")
    if old.settings != new.settings:
        names = _differing(old.settings, new.settings)
        return Edit(f"{', '.join(names)} of the data", ("data", *names), joins=True)
    more = len(new.placed) > len(old.placed) and len(new.added) > len(old.added)
    rows = {row for row, _, _ in {*old.placed} ^ {*new.placed}}
    return Edit("adding a point" if more else "moving a point", ("data", *sorted(rows)), joins=not more)


def _differing(old: Mapping[str, object], new: Mapping[str, object]) -> list[str]:
    return [name for name in {**old, **new} if old.get(name) != new.get(name)]


def short(name: str) -> str:
    """Return a name as a menu shows it: cut off with dots where it is long."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
