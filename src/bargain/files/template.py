"""What ``bargain new`` writes: a commented start that runs as it is, or a copy of a shipped scenario."""

from __future__ import annotations

from pathlib import Path

from bargain.errors import UsageError, nearest
from bargain.files.library import shipped
from bargain.files.read import read
from bargain.files.write import MODELINE, dump

__all__ = ["START", "table_beside", "template"]

START = "start"


def template(name: str = START) -> str:
    """The text of a template: ``start``, or any shipped scenario by its name, completed if it extends another.

    >>> template().splitlines()[1]
    'bargain: 1                              # format version'
    """
    if name == START:
        return MODELINE + _TEXT
    library = shipped()
    if name not in library:
        raise UsageError(f"there is no template '{name}'", hint=nearest(name, [START, *library]))
    text = library[name].read_text(encoding="utf-8")
    stands_alone = not any(line.startswith("extends:") for line in text.splitlines())
    return text if stands_alone else dump(read(name))


def table_beside(name: str) -> Path | None:
    """The file of payoffs that a shipped scenario needs beside it, if any.

    >>> table_beside("teaching/polygon") is None
    True
    """
    file = shipped().get(name)
    table = None if file is None else read(file).agreements
    return None if table is None else table.folder / table


_TEXT = """\
bargain: 1                              # format version
title: A river between two towns
question: How do two towns share a river, and what does the answer hang on?
note: A start to change. Every number is assumed.
sources:
  survey: Name a report here, with its date

# Who negotiates. `signs: false` is for players who have preferences but need not agree.
players:
  upstream: {title: Upper Town, patience: 0.9}      # what a gain is worth to it that comes a round later
  downstream: {title: Lower Town, patience: 0.9}

# What is to be settled: a menu of options, a range of numbers, or a division among players.
issues:
  dam:
    title: Dam
    options:                            # name -> wording
      none: No dam
      small: A small dam
      large: A large dam
  flow:
    title: Flow in the dry months
    range: [20, 100]
    unit: "% of the natural flow"
  cost:
    title: Who pays for the works
    division: [upstream, downstream]    # shares that sum to 1

# What it is worth: payoff = sum of weight x value, plus terms. Any units, never rescaled.
# Every player values every issue, or says `ignored`.
utilities:
  upstream:
    dam:
      weight: {value: 40, low: 30, high: 55, basis: assumed, note: power for its mills}   # a quantity
      values: {none: 0, small: 0.7, large: 1}
    flow: {weight: 30, shape: linear, worst: 100, best: 20}
    cost: {weight: 20, shape: linear, worst: 1, best: 0}        # on its own share
  downstream:
    dam: {weight: 20, values: {none: 1, small: 0.8, large: 0}}
    flow:
      weight: {value: 50, low: 35, high: 60, basis: assumed, source: survey}
      points: [[20, 0], [60, 0.8], [100, 1]]                    # piecewise linear
    cost: {weight: 20, shape: linear, worst: 1, best: 0}
    terms:                              # added when all conditions hold
      - {when: {dam: large, flow: {below: 40}}, add: -10, note: floods and droughts together}
    # attitude: {cara: 0.02}            # averse to risk; or relative to a base: {crra: 0.5, base: -20}

# Agreements that a player never signs, whatever it is offered.
red_lines:
  downstream:
    - {flow: {below: 25}}

# What happens without a deal: `payoffs`, an `agreement` that stays in force, or a `lottery`.
disagreement:
  title: Nothing is built
  agreement: {dam: none, flow: 60, cost: {upstream: 0.5, downstream: 0.5}}
  costs:
    upstream: {value: 12, low: 5, high: 20, basis: assumed, note: old mills to repair}
    downstream: 15

# What the others do not know: what a player may be like, and how likely that is. Read by protocols only.
types:
  downstream:
    dry_wells: {chance: 0.8, set: {disagreement.costs.downstream: 25}}
    full_wells: {chance: rest, set: {disagreement.costs.downstream: 8}}

# How it may be haggled: `bargain play FILE take_it`. `bargain list protocols` names the models.
protocols:
  take_it: {title: An offer to take or leave, model: ultimatum, proposer: upstream, to: downstream}
  in_turn: {title: Offers in turn, model: alternating_offers, first: upstream, breakdown: 0.1}

# Changes of this file under a name: `--variant dry_years`.
variants:
  dry_years:
    title: The river brings less
    set: {utilities.downstream.flow.weight: 58}

# What the file expects of its own solution; `bargain check` tries it.
expect:
  - {concept: nash, status: agreement}
  - {variant: dry_years, concept: nash, status: agreement}
  - {protocol: take_it, status: uncertain}      # full wells refuse it, and that risk is worth taking
"""
