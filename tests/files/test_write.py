"""What is written reads back as the same, whatever the texts and numbers."""

from hypothesis import given, settings, strategies as st

from bargain.files.read import parse
from bargain.files.write import MODELINE, dump, emit
from bargain.files.yaml import parse_yaml

numbers = st.one_of(
    st.integers(-(10**14), 10**14), st.floats(-1e6, 1e6), st.floats(allow_nan=False, allow_infinity=False)
)
characters = st.characters(exclude_categories=["Cs"])
texts = st.one_of(
    st.text(characters, max_size=40),
    st.text("abc -:#,[]{}'\"\\&*!|>%@`?~=.0123456789\n\t é", max_size=160),
    st.sampled_from(
        ["null", "true", "on", "12:30", "1e3", "0x1f", "2025-12-14", "- a", "a: b", "a #b", " a", "a ", "~", ""]
    ),
)
leaves = st.one_of(numbers, texts, st.booleans())
trees = st.dictionaries(
    texts,
    st.recursive(
        leaves, lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(texts, inner, max_size=4))
    ),
    min_size=1,
    max_size=4,
)


@given(trees)
@settings(max_examples=80, deadline=None)
def test_emitted_tree_reads_back(tree):
    assert parse_yaml(emit(tree), "f").data == tree


def test_a_long_text_keeps_its_line_breaks():
    long = "a word and another one " * 12
    for text in (long.strip(), f"{long}\n", f"{long}\n\nand more", f"  {long}"):
        assert parse_yaml(emit({"note": text, "inner": {"note": text}}), "f").data["note"] == text


names = st.text("abcdefgh_-1é", min_size=1, max_size=4).filter(lambda name: name not in ("terms", "attitude", "others"))
small = st.integers(0, 40).map(lambda number: number / 4)


@st.composite
def quantities(draw):
    value = draw(small)
    about = {"low": value - draw(small), "high": value + draw(small), "basis": "assumed", "note": draw(texts)}
    kept = {key: about[key] for key in draw(st.lists(st.sampled_from(list(about)), unique=True))}
    return {"value": value, **kept} if kept else value


@st.composite
def documents(draw):
    players = draw(st.lists(names, min_size=1, max_size=3, unique=True))
    issues = draw(st.lists(names, min_size=1, max_size=3, unique=True))
    menus = {issue: draw(st.lists(names, min_size=1, max_size=3, unique=True)) for issue in issues}
    table = {issue: st.fixed_dictionaries({option: quantities() for option in menus[issue]}) for issue in issues}
    return {
        "bargain": 1,
        "title": draw(texts),
        "note": draw(texts),
        "players": {player: {"title": draw(texts), "power": draw(small) + 1} for player in players},
        "issues": {issue: {"options": {option: draw(texts) for option in menus[issue]}} for issue in issues},
        "utilities": {
            player: {issue: {"weight": draw(small), "values": draw(table[issue])} for issue in issues}
            for player in players
        },
        "rules": [{"forbid": {issues[0]: menus[issues[0]]}}],
        "disagreement": {"payoffs": {player: draw(quantities()) for player in players}},
        "variants": {"v": {"set": {"note": None, f"players.{players[0]}.power": 2}}},
    }


@given(documents())
@settings(max_examples=30, deadline=None)
def test_dumped_scenario_reads_back(tree):
    scenario = parse(tree)
    text = dump(scenario)
    assert text.startswith(MODELINE)
    again = parse(text)
    assert again == scenario
    assert dump(again) == text
    assert parse(text, variant="v") == parse(tree, variant="v")
