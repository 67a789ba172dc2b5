"""The worked example of the format, with the sections that are not solved yet, says exactly that."""

from pathlib import Path

from bargain.files.read import parse
from bargain.files.references import broken_references
from bargain.files.yaml import parse_yaml
from bargain.model.scenario import UNSUPPORTED

EXAMPLE = (Path(__file__).parent / "valid" / "design_example.yaml").read_text(encoding="utf-8")
RESERVED = """
aftermath:
  ratification: {rada: {when: {nato: [moratorium, renounced]}, needs: disagreement, spread: 4}}
  breach: {challenger: russia, costs: {russia: {private: {shape: uniform, low: 6, high: 30}}, others: 0}}
"""


def test_reserved_sections_and_nothing_else():
    tree = parse_yaml(EXAMPLE + RESERVED, "f").data
    told = [finding.path for finding in broken_references(tree)]
    assert told == [("aftermath",)]
    removed = [f"{section}=null" for section in UNSUPPORTED]
    assert parse(EXAMPLE + RESERVED, sets=removed) == parse(EXAMPLE)


PRIVATE = """
types:
  russia:
    resolute: {chance: 0.4, set: {disagreement.costs.russia: 8}}
    weary: {chance: rest, set: {disagreement.costs.russia: 24}}
protocols:
  talks: {model: alternating_offers, first: ukraine, breakdown: 0.05}
  berlin: {model: joint_offer, bloc: [ukraine, united_states], to: russia}
"""


def test_types_and_protocols_of_the_example():
    scenario = parse(EXAMPLE + PRIVATE, sets=["players.united_states.patience=0.95"])
    assert list(scenario.types["russia"]) == ["resolute", "weary"]
    assert scenario.protocols["talks"].first == "ukraine"
    assert scenario.protocols["berlin"].bloc == ["ukraine", "united_states"]
