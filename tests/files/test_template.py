"""`bargain new` writes something that runs as it is."""

import pytest

from bargain.errors import UsageError
from bargain.files.library import shipped
from bargain.files.read import survey
from bargain.files.template import table_beside, template


@pytest.mark.parametrize("name", ["start", *shipped()])
def test_template_reads_without_a_problem(name, tmp_path):
    file = tmp_path / "new.yaml"
    file.write_text(template(name), encoding="utf-8")
    if (table := table_beside(name)) is not None:
        (tmp_path / table.name).write_bytes(table.read_bytes())
    reading = survey(file)
    problems, scenario = list(reading.problems), reading.scenario
    assert problems == []
    assert scenario is not None


def test_start_shows_what_there_is():
    text = template()
    for part in ("options:", "range:", "division:", "points:", "low:", "terms:", "red_lines:", "variants:", "expect:"):
        assert part in text
    assert text.count("#") > 10


def test_unknown_template():
    with pytest.raises(UsageError, match="did you mean 'start'"):
        template("strat")
