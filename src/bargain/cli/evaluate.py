"""`bargain evaluate`: a proposal of one's own, judged."""

from __future__ import annotations

import click

from bargain.cli.asked import Asked, needs_issues, reads_scenario

__all__ = ["command"]


@click.command("evaluate")
@click.argument("file")
@click.option(
    "-a",
    "--agreement",
    "settings",
    multiple=True,
    required=True,
    metavar="ISSUE=SETTING,…",
    help="Every issue: nato=renounced,line=12.5; shares as assets.a=0.6 or assets=a:0.6/b:0.4.",
)
@reads_scenario
def command(asked: Asked, *, file: str, settings: tuple[str, ...]) -> None:
    """Judge a proposal for FILE: payoffs, who would refuse it, what is better for everyone."""
    scenario = asked.read(file)
    needs_issues(scenario, "proposal to evaluate")

    from bargain.cli.proposal import proposal
    from bargain.show.judged import evaluation_page
    from bargain.solving import evaluate

    evaluation = evaluate(scenario, proposal(scenario, settings))
    asked.answer(evaluation.to_dict, lambda width: evaluation_page(evaluation, width, asked.detail))
