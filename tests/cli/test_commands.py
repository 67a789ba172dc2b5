"""Every command: what it prints, what it writes, what it refuses."""

import csv
import io
import json
import re

import pytest

import bargain
from cli.scenarios import PROPOSAL, run, run_json


def test_solve_prints_the_table(two):
    result = run("solve", two)
    assert result.exit_code == 0
    assert result.stdout.startswith("Two ways\n")
    assert "Kalai-Smorodinsky" in result.stdout
    assert "\x1b" not in result.stdout


def test_solve_quietly_prints_the_table_alone(two):
    result = run("solve", two, "-q")
    assert "Two ways" not in result.stdout
    assert "Nash" in result.stdout
    assert "Definition" in run("solve", two, "-v").stdout


def test_solve_json_is_the_contract(two):
    document = run_json("solve", two)
    assert document["scenario"] == "Two ways"
    assert document["players"] == document["signatories"] == ["ann", "ben"]
    assert document["regime"] == "pure"
    assert document["disagreement"] == {"ann": 0.5, "ben": 0.5}
    assert "frontier" not in document
    assert [s["concept"] for s in document["solutions"]] == [
        c.name for c in bargain.CATALOGUE if c.over in ("agreements", "items")
    ]
    nash = document["solutions"][0]
    keys = {"concept", "status", "payoffs", "paper", "agreement", "lottery", "ratified", "honoured"}
    assert keys | {"ties", "tie_count", "certificate"} <= nash.keys()
    assert nash["certificate"]["product_of_gains"] == pytest.approx(6.25)


def test_solve_lists_the_frontier_when_asked(two):
    document = run_json("solve", two, "--frontier")
    assert len(document["frontier"]) == document["frontier_size"] > 0
    assert set(document["frontier"][0]["payoffs"]) == {"ann", "ben"}


def test_concepts_may_be_repeated_or_separated_by_commas(two):
    for options in (["-c", "leximin,nash"], ["--concept", "leximin", "--concept", "nash"], ["-c", "Leximin, nash"]):
        assert [s["concept"] for s in run_json("solve", two, *options)["solutions"]] == ["leximin", "nash"]
    assert run_json("solve", two, "-c", "all") == run_json("solve", two)


def test_lotteries_and_paper(two):
    document = run_json("solve", two, "--lotteries", "--paper", "-c", "utilitarian")
    assert document["regime"] == "lotteries"
    assert isinstance(document["solutions"][0]["lottery"], list)


def test_variant_and_set_change_the_problem(two):
    assert run_json("solve", two, "--variant", "calm")["disagreement"]["ann"] == 0.1
    both = ("--variant", "calm", "--set", "disagreement.payoffs.ben=0.2", "--set", "title=Changed")
    document = run_json("solve", two, *both)
    assert (document["disagreement"], document["scenario"]) == ({"ann": 0.1, "ben": 0.2}, "Changed")


def test_a_widened_range_is_noted_on_stderr(two):
    result = run("solve", two, "--set", "disagreement.payoffs.ann=2")
    assert "widened" in result.stderr
    assert "widened" not in result.stdout
    assert run("solve", two, "--set", "disagreement.payoffs.ann=2", "-q").stderr == ""


def test_no_deal_is_a_finding_unless_asked(two):
    assert run("solve", two, "--variant", "proud").exit_code == 0
    assert run("solve", two, "--variant", "proud", "--fail-if-no-deal").exit_code == 1
    assert run("solve", two, "--fail-if-no-deal").exit_code == 0
    run_json("solve", two, "--variant", "proud", "--fail-if-no-deal", code=1)


def test_solve_draws_and_does_not_overwrite(two):
    assert run("solve", two, "--plot", "out.png").exit_code == 0
    assert two.with_name("out.png").read_bytes().startswith(b"\x89PNG")
    refused = run("solve", two, "--plot", "out.png")
    assert refused.exit_code == 2
    assert "exists already" in refused.stderr
    assert run("solve", two, "--plot", "out.png", "--force").exit_code == 0


@pytest.mark.parametrize("name", ["out.xyz", "missing/out.png"])
def test_a_figure_that_cannot_be_written_is_refused_before_solving(two, name):
    result = run("solve", two, "--plot", name)
    assert result.exit_code == 2
    assert result.stdout == ""


@pytest.mark.parametrize("kind", ["frontier", "issues"])
def test_plot_writes_one_figure(two, kind):
    assert run("plot", two, kind).exit_code == 0
    assert two.with_name(f"two_{kind}.png").exists()
    assert run("plot", two, kind).exit_code == 2
    assert run_json("plot", two, kind, "-o", "x.svg") == {"figure": "x.svg", "kind": kind}


def test_plot_wants_two_players_that_exist(two):
    assert run("plot", two, "frontier", "--players", "ben,ann").exit_code == 0
    assert "did you mean 'ann'" in run("plot", two, "frontier", "--players", "anm,ben", "--force").stderr
    assert run("plot", two, "frontier", "--players", "ann", "--force").exit_code == 2


def test_evaluate_judges_a_proposal(two):
    result = run("evaluate", two, "-a", PROPOSAL)
    assert result.exit_code == 0
    assert "would sign" in " ".join(result.stdout.split())
    document = run_json("evaluate", two, "--agreement", "plan=none,price=0,pie=ann:0.5/ben:0.5")
    assert document["payoffs"] == {"ann": 1.5, "ben": 0.5}
    assert document["efficient"] is False
    assert document["better"]["payoffs"]["ann"] > 1.5


@pytest.mark.parametrize(
    ("proposal", "complaints"),
    [
        ("plan=one", ["missing: price (a number from 0 to 10 in steps of 5), pie (shares of ann, ben)"]),
        (PROPOSAL.replace("plan=one", "plan=oen"), ["no option of plan 'oen'", "did you mean 'one'?"]),
        (PROPOSAL.replace("price", "prise"), ["no issue 'prise'; did you mean 'price'?", "missing: price"]),
        (PROPOSAL.replace("price=5", "price=7"), ["between two steps", "5 or 10"]),
        (PROPOSAL.replace("price=5", "price=11"), ["outside 0 to 10"]),
        (PROPOSAL.replace("price=5", "price=nan"), ["price needs a number, not 'nan'"]),
        (PROPOSAL.replace("ben=0.5", "ben=0.6"), ["shares of pie sum to 1.1"]),
        (PROPOSAL.replace("pie.ben", "pie.bne"), ["did you mean 'ben'?"]),
        (PROPOSAL.replace("plan=one", "plan"), ["'plan' is not ISSUE=SETTING"]),
        (PROPOSAL + ",price=0", ["price is given twice"]),
        (PROPOSAL.replace("price=5", "price.ann=5"), ["price is one choice"]),
        ("plan=one,price=5,pie=ann", ["pie=ann:…/ben:…"]),
    ],
)
def test_evaluate_names_what_is_missing_or_unknown(two, proposal, complaints):
    result = run("evaluate", two, "-a", proposal)
    assert result.exit_code == 2
    for complaint in complaints:
        assert complaint in result.stderr


def test_shares_may_leave_out_who_gets_nothing(two):
    document = run_json("evaluate", two, "-a", "plan=one", "-a", "price=5,pie.ann=1")
    assert document["agreement"]["pie"] == {"ann": 1.0, "ben": 0.0}


def test_compare_puts_the_base_first_and_marks_differences(two):
    result = run("compare", two, "--variant", "calm", "--variant", "proud")
    assert result.exit_code == 0
    lines = [line for line in result.stdout.splitlines() if line.strip()]
    head = next(line for line in lines if "No deal" in line)
    assert head.split() == ["No", "deal", "two", "calm", "proud"]
    assert next(line for line in lines if "Ann" in line).split() == ["*", "Ann", "0.5", "0.1", "9.0"]
    assert not next(line for line in lines if "Ben" in line).startswith("*")


def test_compare_as_json_has_a_column_each(two):
    columns = run_json("compare", two, "literature/nash_1950_barter", "-c", "all")["columns"]
    assert [column["variant"] for column in columns] == [None, None]
    assert columns[1]["scenario"] == "Bill and Jack barter"
    assert len(columns[0]["solutions"]) == sum(c.over in ("agreements", "items") for c in bargain.CATALOGUE)


def test_resolve_reads_back_as_the_same_scenario(two):
    text = run("resolve", two, "--variant", "calm").stdout
    assert bargain.parse(text) == bargain.read(two, variant="calm")
    document = run_json("resolve", two, "--set", "players.ann.power=2")
    assert bargain.parse(document) == bargain.read(two, sets=["players.ann.power=2"])


def test_sweep_writes_csv(two):
    result = run("sweep", two, "--vary", "disagreement.payoffs.ann=0:1:3", "-c", "nash,leximin")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [float(row["disagreement.payoffs.ann"]) for row in rows[::2]] == [0, 0.5, 1]
    assert {row["concept"] for row in rows} == {"nash", "leximin"}


def test_sweep_into_files(two):
    vary = ("--vary", "disagreement.payoffs.ann=0,0.5", "--vary", "disagreement.payoffs.ben=0,0.5")
    result = run("sweep", two, *vary, "-o", "out.csv", "--plot", "out.png")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert len(two.with_name("out.csv").read_text().splitlines()) == 5
    assert two.with_name("out.png").exists()
    assert run("sweep", two, *vary, "-o", "out.csv").exit_code == 2
    assert len(run_json("sweep", two, *vary)["rows"]) == 4
    several = run("sweep", two, *vary, "-c", "leximin,nash", "-o", "more.csv", "--plot", "more.png")
    assert "A picture shows one concept, here Leximin" in several.stderr


@pytest.mark.parametrize(
    "vary",
    [
        ["nonsense"],
        ["disagreement.payoffs.ann=a:b:c"],
        ["disagreement.payoffs.ann=0:1"],
        ["disagreement.payoffs.ann=0:1:0"],
        ["disagreement.payoffs.ann=0:1:99999999"],
        ["disagreement.payoffs.ann=1,inf"],
        ["disagreement.payoffs.anm=1,2"],
        ["disagreement.payoffs.ann=1", "disagreement.payoffs.ann=2"],
        ["players.ann.power=1", "players.ben.power=1", "disagreement.payoffs.ann=0"],
    ],
)
def test_sweep_refuses_what_it_cannot_vary(two, vary):
    result = run("sweep", two, *[word for text in vary for word in ("--vary", text)])
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_new_writes_a_file_that_solves_and_does_not_overwrite(two):
    assert run("new", "mine").exit_code == 0
    assert run("solve", "mine.yaml").exit_code == 0
    assert run("new", "mine.yaml").exit_code == 2
    assert run("new", "mine.yaml", "--force").exit_code == 0
    assert run("new", "berlin.yaml", "--template", "berlin_2025").exit_code == 0
    unknown = run("new", "other.yaml", "--template", "berlin_205")
    assert unknown.exit_code == 2
    assert "berlin_2025" in unknown.stderr
    assert not two.with_name("other.yaml").exists()


def test_list_knows_scenarios_concepts_and_protocols():
    everything = run("list").stdout
    assert "berlin_2025" in everything
    assert "kalai_smorodinsky" in everything
    assert "Concession" in everything
    assert "Econometrica" in run("list", "concepts", "-v").stdout
    document = run_json("list")
    assert "concession" in {protocol["name"] for protocol in document["protocols"]}
    assert {"name", "title", "definition", "source"} <= document["concepts"][0].keys()


def test_schema_is_a_json_schema():
    document = run_json("schema")
    assert "json-schema.org" in document["$schema"]
    assert "players" in json.dumps(document)


WORTH_A_LOOK = """bargain: 1
title: Two ways, one of which nobody wants, told in lines of forty columns
players:
  ann: {}
  ben: {}
  eve: {signs: false}
issues:
  deal:
    options: {good: Good, poor: Poor}
  place: {options: {here: Here, there: There}}
utilities:
  ann: {deal: {values: {good: 1, poor: 0.3}}, place: ignored}
  ben: {deal: {weight: 0, values: {good: 9, poor: 7}}, place: ignored}
  eve: {deal: ignored, place: ignored}
red_lines:
  eve: [{place: there}]
disagreement:
  payoffs: {ann: {value: 0.5, source: nowhere}, ben: -2, eve: 0}
variants:
  same: {title: The same, set: {title: Another}}
  dear: {set: {disagreement.payoffs.ann: 2}}
expect:
  - {concept: nash, status: no_agreement}
  - {concept: nash, variant: dear, status: agreement}
"""
LINTS = [
    (1, 1, "", "judgements"),
    (18, 31, "disagreement.payoffs.ann.source", "unlisted_source"),
    (13, 16, "utilities.ben.deal.weight", "zero_weight"),
    (14, 3, "utilities.eve", "no_stake"),
    (9, 27, "issues.deal.options.poor", "unwanted_option"),
    (16, 3, "red_lines.eve", "idle_red_line"),
    (20, 3, "variants.same", "idle_variant"),
]


def test_lints_can_be_read_by_a_program(tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    file = tmp_path / "talks.yaml"
    file.write_text(WORTH_A_LOOK)
    *remarks, summary = run("check", file).stdout.splitlines()
    assert summary == f"{file}: valid; 0 of 2 expectations hold"
    pattern = re.compile(r"(?P<file>.+):(?P<line>\d+):(?P<column>\d+)  (?:(?P<path>[\w.]+): )?.+ \[(?P<kind>\w+)\]")
    found = [pattern.fullmatch(line) for line in remarks]
    read = [(int(m["line"]), int(m["column"]), m["path"] or "", m["kind"]) for m in found]
    assert {m["file"] for m in found} == {str(file)}
    assert read == [*LINTS, (23, 5, "expect.0", "expectation"), (24, 5, "expect.1", "expectation")]
    document = run_json("check", file, code=1)["files"][0]
    assert [tuple(lint[key] for key in ("line", "column", "path", "kind")) for lint in document["lints"]] == LINTS
    for lint in document["lints"]:
        assert lint.keys() == {"file", "line", "column", "path", "message", "kind"}
        assert lint["file"] == str(file)
        assert not lint["message"].startswith(("note", lint["path"] or "note"))
    assert [(trial["line"], trial["path"]) for trial in document["expectations"]] == [
        (23, "expect.0"),
        (24, "expect.1"),
    ]


def test_lints_of_a_variant_stand_where_the_file_has_them(tmp_path):
    file = tmp_path / "talks.yaml"
    file.write_text(WORTH_A_LOOK)
    lines = run("check", file, "--variant", "dear", "--set", "utilities.ann.deal.weight=0").stdout.splitlines()
    (no_deal,) = [line for line in lines if line.endswith("[no_deal]")]
    assert no_deal.startswith(f"{file}:17:1  disagreement: no deal: no possible agreement")
    (failed,) = [line for line in lines if line.endswith("[expectation]")]
    assert failed.startswith(f"{file}:24:5  expect.0: failed: expected ")
    (outside,) = [line for line in lines if "utilities.ann.deal.weight: " in line]
    assert outside.startswith("--set utilities.ann.deal.weight=0  utilities.ann.deal.weight: a weight of 0")


def test_check_tells_everything_about_every_file(two):
    fine = run("check", two)
    assert fine.exit_code == 0
    assert "valid; 1 of 1 expectations hold" in fine.stdout
    assert "numbers are judgements" in " ".join(fine.stdout.split())
    two.write_text(two.read_text().replace("status: agreement", "status: no_agreement"))
    failed = run("check", two, "literature/nash_1950_barter")
    assert failed.exit_code == 1
    assert "found status agreement" in " ".join(failed.stdout.split())
    broken = two.with_name("broken.yaml")
    broken.write_text(two.read_text().replace("shape: linear, worst: 10", "shap: linear, worst: 10"))
    invalid = run("check", broken, two)
    assert invalid.exit_code == 3
    assert f"{broken}:11:" in invalid.stdout
    document = run_json("check", broken, two, code=3)
    assert [file["valid"] for file in document["files"]] == [False, True]
    assert document["files"][0]["problems"][0]["line"] == 11
    assert document["files"][1]["expectations"][0]["passed"] is False
    assert document["error"]["kind"] == "scenario"
    assert document["error"]["problems"] == document["files"][0]["problems"]


def test_axioms_asks_which_concepts_keep_them(two):
    result = run(
        "axioms", two, "--require", "efficiency,scale-invariance", "-r", "independence", "-c", "nash,egalitarian"
    )
    assert result.exit_code == 0
    told = " ".join(result.stdout.split())
    assert "In general all of these at once are kept by Nash." in told
    document = run_json("axioms", two, "-r", "symmetry", "-c", "nash,egalitarian", "--variant", "calm")
    assert document["satisfying"] == ["nash", "egalitarian"]
    assert [trial["axiom"] for trial in document["trials"]] == ["symmetry", "symmetry"]
    assert "Source" not in result.stdout


def test_axioms_tells_all_when_asked(two):
    assert "source" in run("axioms", two, "-r", "independence", "-v", "-c", "nash").stdout
    brief = run("axioms", two, "-r", "symmetry,efficiency", "-q", "--lotteries", "-c", "nash,leximin").stdout
    assert brief.startswith("In general all of these at once are kept by Nash")
    assert "Two ways" not in brief


def test_axioms_refuses_names_that_do_not_exist(two):
    result = run("axioms", two, "-r", "independense")
    assert result.exit_code == 2
    assert "did you mean 'independence'" in result.stderr


def test_list_axioms_and_claims():
    assert "midpoint_domination" in run("list", "axioms").stdout
    assert "Thomson" in run("list", "axioms", "-v").stdout
    told = " ".join(run("list", "concepts", "-v").stdout.split())
    assert "Keeps, drawing lots: " in told
    assert "Symmetry not: among (2, 1) and (1, 2), with powers 2 : 1, player 1 and player 2" in told
    assert "Disagreement-point monotonicity only by two players: among" in told
    claims = run_json("list", "concepts")["concepts"][0]["claims"]
    assert {"axiom": "efficiency", "regime": "pure", "claim": "kept"} in claims
    assert "Keeps, dividing an estate among claims: efficiency, claims boundedness" in told
    assert "Self-duality not: with an estate of 50 and claims of 100 and 200, the answer is (25, 25)" in told
    assert "Core stability not: where 13, 23 and 123 are worth 1, the other coalitions 0" in told
    assert "Strategy-proofness not: with points of 0 : 25 and 100 : 75" in told
    shapley = next(entry for entry in run_json("list", "concepts")["concepts"] if entry["name"] == "shapley")
    assert {"axiom": "additivity", "over": "coalitions", "claim": "kept"} in shapley["claims"]
    witnesses = [claim["witness"] for claim in shapley["claims"] if claim["claim"] == "broken"]
    assert any("worths" in witness for witness in witnesses)
    assert any("estate" in witness for witness in witnesses)
    assert "Axioms over claims" in run("list", "axioms").stdout
    about = {axiom["over"] for axiom in run_json("list", "axioms")["axioms"]}
    assert about == {"agreements", "items", "coalitions", "claims"}
    assert all(claim["witness"]["words"] for claim in claims if claim["claim"] == "broken")
