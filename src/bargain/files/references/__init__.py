"""Does every name refer to something, and does everything fit its issue? One file per part of a scenario.

The checks work on the plain tree and pass over what is broken in form, which `files.problems` reports; so one
reading of a file tells everything that is wrong with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bargain.files.findings import Finding
from bargain.files.references.coalitions import check_coalitions
from bargain.files.references.consent import check_consent
from bargain.files.references.disagreement import check_disagreement
from bargain.files.references.expect import check_expectations
from bargain.files.references.facts import Facts
from bargain.files.references.issues import check_issues, check_players
from bargain.files.references.protocols import check_protocols, check_types
from bargain.files.references.rules import check_red_lines, check_rules
from bargain.files.references.sections import check_sections
from bargain.files.references.utilities import check_utilities

__all__ = ["broken_references"]

_OF_ISSUES = (check_utilities, check_rules, check_red_lines, check_disagreement)


def broken_references(tree: Mapping[str, Any]) -> list[Finding]:
    """Everything in the tree that refers to nothing or does not fit."""
    facts = Facts(tree)
    found = list(check_sections(tree))
    if not facts.players:  # everything would refer to nothing, and form says what is missing
        return found
    if facts.issues or tree.get("coalitions") is not None or tree.get("protocols") is not None:
        found += [*check_players(facts), *check_coalitions(tree, facts), *check_expectations(tree, facts)]
        found += [*check_types(tree, facts), *check_protocols(tree, facts), *check_consent(tree, facts)]
    if facts.issues:
        found += check_issues(facts)
        found += [finding for check in _OF_ISSUES for finding in check(tree, facts)]
    return found
