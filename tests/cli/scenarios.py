"""Small scenario files for the command line's tests, and a way to run a command."""

import json

from click.testing import CliRunner, Result

from bargain.cli.main import main

TWO = """\
bargain: 1
title: Two ways
players: {ann: {title: Ann}, ben: {title: Ben}}
issues:
  plan: {title: Plan, options: {one: One way, other: Other way, none: Neither}}
  price: {title: Price, range: [0, 10], step: 5}
  pie: {title: Pie, division: [ann, ben]}
utilities:
  ann:
    plan: {values: {one: 3, other: 1, none: 0}}
    price: {shape: linear, worst: 10, best: 0}
    pie: {shape: linear, worst: 0, best: 1}
  ben:
    plan: {values: {one: 1, other: 3, none: 0}}
    price: {shape: linear, worst: 0, best: 10}
    pie: {shape: linear, worst: 0, best: 1}
disagreement: {payoffs: {ann: {value: 0.5, low: 0, high: 1}, ben: 0.5}}
variants:
  proud: {title: Ann wants more, set: {disagreement.payoffs.ann: 9}}
  calm: {title: Ann wants less, set: {disagreement.payoffs.ann: 0.1}}
expect:
  - {concept: nash, status: agreement}
"""
PROPOSAL = "plan=one,price=5,pie.ann=0.5,pie.ben=0.5"


def run(*arguments: object) -> Result:
    """One command line, in this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="bargain")


def _refuse(constant: str):
    raise AssertionError(f"{constant} is not JSON")


def run_json(*arguments: object, code: int = 0):
    """What a command prints with ``--json``: exactly one JSON document, without NaN."""
    result = run(*arguments, "--json")
    assert result.exit_code == code, result.output
    return json.loads(result.stdout, parse_constant=_refuse)
