"""What is valid and yet worth a second look (lints), and whether a file's own expectations hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from bargain.concepts import CATALOGUE, Concept, nash
from bargain.errors import BargainError
from bargain.files import knobs
from bargain.files.read import parse
from bargain.files.write import document
from bargain.games.coalitions import Game
from bargain.games.program import dust_of
from bargain.model.agreements import Agreements
from bargain.model.game import coalition_name, game_of
from bargain.model.issues import MenuIssue
from bargain.model.quantity import Quantity, Record
from bargain.model.results import Agreement, Regime, Solution
from bargain.model.scenario import Budget, Expectation, Forbid, IfThen, Scenario
from bargain.model.tabulate import tabulate
from bargain.model.utilities import Table, Valued
from bargain.solving import solve

if TYPE_CHECKING:
    from bargain.model.equilibrium import Equilibrium

__all__ = ["Audit", "Kind", "Lint", "Trial", "expectations", "lints"]

WITHIN = 1e-6
"""How far a number may be from what is expected where `within` is not given: relative, absolute below 1."""
TOO_STRONG = 36.0
"""Constant absolute aversion times the range of totals; e^-36 is lost beside 1 in a float."""
FEW = 5
"""Fewer numbers than this without a basis are listed one by one."""
MODEL = ("players", "utilities", "rules", "red_lines", "disagreement", "coalitions")
"""The parts whose numbers may be judgements; the numbers of issues are definitions."""

Path = tuple[str | int, ...]
Kind = Literal[
    "judgements",
    "no_basis",
    "unlisted_source",
    "no_stake",
    "zero_weight",
    "unwanted_option",
    "idle_red_line",
    "better_apart",
    "only_shown",
    "strong_attitude",
    "no_deal",
    "idle_variant",
]
"""What a program may sort lints by."""


@dataclass(frozen=True)
class Lint:
    """A remark about a valid scenario: the dotted path it is about (empty: the file), what it says, and its kind."""

    path: str
    message: str
    kind: Kind

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message

    def to_dict(self) -> dict[str, str]:
        """The remark as JSON."""
        return {"path": self.path, "message": self.message, "kind": self.kind}


class Trial(NamedTuple):
    """One expectation of a file, whether it holds, and what was found."""

    expectation: Expectation
    passed: bool
    found: str


class Audit:
    """A scenario under examination; variants are made, and problems solved, once for all questions."""

    def __init__(self, scenario: Scenario, variants: Mapping[str, Scenario] | None = None) -> None:
        self.scenario = scenario
        self._variants = dict(variants or {})
        self._tabulated: dict[str | None, Agreements] = {}
        self._played: dict[tuple[str, str | None], Equilibrium] = {}
        self._solved: dict[tuple[str, str | None, Regime], Solution] = {}

    def lints(self) -> list[Lint]:
        """Everything worth a second look, in the order of the file's sections."""
        finders: tuple[Callable[[Scenario], Iterator[Lint]], ...] = (
            _unfounded,
            _unlisted_sources,
            _columns_left_out,
            _nothing_at_stake,
            _unwanted_options,
            _idle_red_lines,
            _better_apart,
        )
        found = [lint for find in finders for lint in find(self.scenario)]
        return [*found, *_strong_attitudes(self), *_no_deal(self), *_idle_variants(self)]

    def expectations(self) -> list[Trial]:
        """Try every `expect` entry.

        A payoff passes within ``within`` (default 1e-6, relative above 1). An expected agreement may name only
        some issues. Without ``status`` an entry about payoffs or issues also expects that there is an agreement.
        """
        return [_try(self, expectation) for expectation in self.scenario.expect]

    def under(self, variant: str) -> Scenario:
        """The scenario as a variant changes it."""
        if variant not in self._variants:
            self._variants[variant] = parse(document(self.scenario), variant=variant)
        return self._variants[variant]

    def solve(self, concept: Concept, variant: str | None = None, regime: Regime = "pure") -> Solution:
        """What a concept picks, under a variant or not."""
        key = (concept.name, variant, regime)
        if key not in self._solved:
            self._solved[key] = solve(self.tabulated(variant), concept, regime)
        return self._solved[key]

    def play(self, protocol: str, variant: str | None = None) -> Equilibrium:
        """What a protocol leads to, under a variant or not."""
        from bargain.playing import play

        key = (protocol, variant)
        if key not in self._played:
            self._played[key] = play(self.under(variant) if variant else self.scenario, protocol)
        return self._played[key]

    def tabulated(self, variant: str | None = None) -> Agreements:
        """The agreements of the scenario, under a variant or not."""
        if variant not in self._tabulated:
            scenario = self.under(variant) if variant else self.scenario
            self._tabulated[variant] = tabulate(scenario, like=self._tabulated.get(None))
        return self._tabulated[variant]


def lints(scenario: Scenario) -> list[Lint]:
    """Everything worth a second look, in the order of the file's sections."""
    return Audit(scenario).lints()


def expectations(scenario: Scenario) -> list[Trial]:
    """Try every `expect` entry of a scenario."""
    return Audit(scenario).expectations()


def _unfounded(scenario: Scenario) -> Iterator[Lint]:
    """How many numbers are sourced, derived, assumed, or say nothing about themselves."""
    covered = [f"{_dotted(path[:-1])}." for path, _ in _sources(scenario, ())]
    numbers = [
        (path, quantity.basis or ("sourced" if path.startswith(tuple(covered)) or quantity.source else ""))
        for path, quantity in knobs.numbers(scenario)
        if path.split(".")[0] in MODEL and not _is_end_of_scale(path, quantity)
    ]
    counts = Counter(basis for _, basis in numbers)
    judged = counts["assumed"] + counts[""]
    if not judged:
        return
    told = [f"{counts[basis]} {basis}" for basis in ("sourced", "derived", "assumed") if counts[basis]]
    told += [f"{counts['']} without a basis"] if counts[""] else []
    yield Lint("", f"{judged} of {len(numbers)} numbers are judgements: {', '.join(told)}", "judgements")
    if counts[""] < FEW:
        for path, basis in numbers:
            if not basis:
                yield Lint(path, "does not say whether it is sourced, derived or assumed (`basis`)", "no_basis")


def _is_end_of_scale(path: str, quantity: Quantity) -> bool:
    """A bare 0 or 1 among values marks an end of a player's own scale and is no estimate."""
    return quantity.is_bare and quantity.value in (0, 1) and (".values." in path or ".points." in path)


def _unlisted_sources(scenario: Scenario) -> Iterator[Lint]:
    for path, source in _sources(scenario, ()):
        if source not in scenario.sources:
            yield Lint(_dotted(path), f"'{source}' is not listed under `sources`", "unlisted_source")


def _sources(node: Any, path: Path) -> Iterator[tuple[Path, str]]:
    for key, inner in _parts(node):
        if key == "source" and isinstance(inner, str) and isinstance(node, Record):
            yield (*path, key), inner
        elif key != "set":
            yield from _sources(inner, (*path, key))


def _parts(node: Any) -> Iterator[tuple[str | int, Any]]:
    """The parts of a record, map or list that the file gives."""
    if isinstance(node, Record):
        yield from ((name, getattr(node, name)) for name in type(node).model_fields if name in node.model_fields_set)
        yield from (node.__pydantic_extra__ or {}).items()
    elif isinstance(node, dict):
        yield from node.items()
    elif isinstance(node, list):
        yield from enumerate(node)


def _nothing_at_stake(scenario: Scenario) -> Iterator[Lint]:
    """Players who ignore everything, and weights of zero."""
    for name, utilities in scenario.utilities.items():
        valued = {issue: how for issue, how in utilities.issues.items() if isinstance(how, Valued)}
        if not valued and not utilities.terms:
            yield Lint(f"utilities.{name}", "this player ignores every issue", "no_stake")
        for issue, how in valued.items():
            if how.weight.value == 0:
                yield Lint(
                    f"utilities.{name}.{issue}.weight",
                    "a weight of 0 counts for nothing; write `ignored`",
                    "zero_weight",
                )


def _unwanted_options(scenario: Scenario) -> Iterator[Lint]:
    """Options to which every signatory prefers another, or is indifferent, where nothing else reads them."""
    tied = _issues_read_elsewhere(scenario)
    for name, issue in scenario.issues.items():
        if not isinstance(issue, MenuIssue) or name in tied:
            continue
        tables = [scenario.utilities[player].issues.get(name) for player in scenario.signatories]
        worth = [{o: v.value * t.weight.value for o, v in t.values.items()} for t in tables if isinstance(t, Table)]
        for option in issue.options if worth else ():
            better = _better_option(option, list(issue.options), worth)
            if better is not None:
                yield Lint(
                    f"issues.{name}.options.{option}",
                    f"no signatory wants it: '{better}' is at least as good for all and better for some",
                    "unwanted_option",
                )


def _better_option(option: str, options: Sequence[str], worth: Sequence[Mapping[str, float]]) -> str | None:
    for other in options:
        differences = [values[other] - values[option] for values in worth]
        if differences and min(differences) >= 0 and max(differences) > 0:
            return other
    return None


def _issues_read_elsewhere(scenario: Scenario) -> set[str]:
    """Issues that rules, red lines or terms read: an option may be wanted for what it brings with it."""
    conditions: list[Mapping[str, Any]] = [line for lines in scenario.red_lines.values() for line in lines]
    conditions += [term.when for utilities in scenario.utilities.values() for term in utilities.terms]
    for rule in scenario.rules:
        match rule:
            case Forbid():
                conditions.append(rule.forbid)
            case IfThen():
                conditions += [rule.if_, rule.then]
            case Budget():
                conditions.append({key.split(".")[0]: None for key in rule.sum})
    return {issue for condition in conditions for issue in condition}


def _idle_red_lines(scenario: Scenario) -> Iterator[Lint]:
    for name, lines in scenario.red_lines.items():
        if lines and not scenario.players[name].signs:
            yield Lint(
                f"red_lines.{name}", "this player does not sign, so its red lines have no effect", "idle_red_line"
            )


def _better_apart(scenario: Scenario) -> Iterator[Lint]:
    """What all are worth together is less than two groups are worth apart."""
    players = scenario.signatories
    game = game_of(scenario.coalitions, players) if scenario.coalitions is not None else None
    if not isinstance(game, Game) or game.n < 2:
        return
    apart = (game.values + game.values[::-1])[1:-1]
    group = int(apart.argmax()) + 1
    if apart[group - 1] > game.grand + dust_of(game):
        one, other = (coalition_name(mask, players) for mask in (group, 2**game.n - 1 - group))
        worth = f"{apart[group - 1]:.12g}, more than the {game.grand:.12g} of all together"
        yield Lint("coalitions", f"apart, {one} and {other} are worth {worth}", "better_apart")


def _columns_left_out(scenario: Scenario) -> Iterator[Lint]:
    """Columns of a table that name no player."""
    described = () if scenario.agreements is None else tuple(scenario.agreements.rows.described)
    if described:
        yield Lint("agreements", f"only shown, never counted: {', '.join(described)}", "only_shown")


def _strong_attitudes(audit: Audit) -> Iterator[Lint]:
    """Constant absolute aversion so strong that totals far apart are worth the same to the last digit."""
    averse = [(name, body.attitude.cara) for name, body in audit.scenario.utilities.items() if body.attitude]
    for name, cara in averse:
        agreements = audit.tabulated()
        ranges = [agreements.contribution_range(issue, name) for issue in audit.scenario.issues]
        if cara is not None and abs(cara.value) * sum(high - low for low, high in ranges) > TOO_STRONG:
            yield Lint(
                f"utilities.{name}.attitude.cara",
                "so strong that some totals are worth the same to the last digit; a tenth of it is strong already",
                "strong_attitude",
            )


def _no_deal(audit: Audit) -> Iterator[Lint]:
    """Whether there is a deal does not depend on the concept."""
    if audit.scenario.has_agreements and audit.solve(nash).status == "no_agreement":
        yield Lint("disagreement", "no deal: no possible agreement is acceptable to every signatory", "no_deal")


def _idle_variants(audit: Audit) -> Iterator[Lint]:
    own = _model(audit.scenario)
    for name in audit.scenario.variants:
        if _model(audit.under(name)) == own:
            yield Lint(f"variants.{name}", "changes nothing", "idle_variant")


def _model(scenario: Scenario) -> list[Any]:
    """All but title, variants and expectations, which say nothing about the problem itself."""
    said = [field for field in Scenario.model_fields if field not in ("title", "variants", "expect")]
    return [getattr(scenario, field) for field in said]


def _try(audit: Audit, expected: Expectation) -> Trial:
    if expected.protocol is not None:
        return _try_protocol(audit, expected, expected.protocol)
    concept = next((concept for concept in CATALOGUE if concept.name == (expected.concept or "nash")), None)
    if concept is None:
        return Trial(expected, False, f"there is no concept '{expected.concept}'")
    try:
        solution = audit.solve(concept, expected.variant, expected.regime)
    except BargainError as failure:
        return Trial(expected, False, str(failure))
    misses = list(_misses(expected, solution))
    return Trial(expected, not misses, "; ".join(misses) or "as expected")


def _try_protocol(audit: Audit, expected: Expectation, protocol: str) -> Trial:
    try:
        equilibrium = audit.play(protocol, expected.variant)
    except BargainError as failure:
        return Trial(expected, False, str(failure))
    misses = list(_misses(expected, equilibrium))
    if expected.measure is not None and expected.value is not None and not misses:
        found = equilibrium.measure(expected.measure, expected.player)
        if found is None:
            known = ", ".join(["chance_of_agreement", *equilibrium.measures])
            misses.append(f"no measure '{expected.measure}'; there are {known}")
        elif not _close(found, expected.value.value, expected.within):
            misses.append(f"{expected.measure} {found:.7g}")
    return Trial(expected, not misses, "; ".join(misses) or "as expected")


def _misses(expected: Expectation, solution: Solution | Equilibrium) -> Iterator[str]:
    """What was found instead of what was expected."""
    wants_deal = expected.payoff is not None or expected.agreement is not None
    status = expected.status or ("agreement" if wants_deal else solution.status)
    if solution.status != status:
        yield f"status {solution.status}" + (f" ({solution.reason})" if solution.reason else "")
        return
    if expected.player is not None and expected.payoff is not None:
        found = solution.payoffs.get(expected.player)
        if found is None or not _close(found, expected.payoff.value, expected.within):
            yield f"payoff of {expected.player} {found if found is None else format(found, '.7g')}"
    if expected.agreement is not None:
        yield from _different_settings(expected.agreement, solution.agreement)


def _different_settings(expected: Agreement, found: Agreement | None) -> Iterator[str]:
    if found is None:
        yield "a lottery over several agreements"
        return
    for issue, setting in expected.items():
        if not _same_setting(setting, found[issue]):
            yield f"{issue} {found[issue]}"


def _same_setting(expected: Any, found: Any) -> bool:
    if isinstance(expected, Mapping) and isinstance(found, Mapping):
        return all(_close(found.get(player, 0.0), expected.get(player, 0.0)) for player in {*expected, *found})
    if isinstance(expected, str) or isinstance(found, str | Mapping):
        return bool(expected == found)
    return _close(found, expected)


def _close(found: float, expected: float, within: Quantity | None = None) -> bool:
    slack = within.value if within is not None else WITHIN * max(1.0, abs(expected))
    return abs(found - expected) <= slack


def _dotted(path: Path) -> str:
    return ".".join(map(str, path))
