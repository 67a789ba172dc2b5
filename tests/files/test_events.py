"""The events are those of ruamel.yaml, in less time, and so are the errors."""

from pathlib import Path
from random import Random

from ruamel.yaml import YAML

from bargain.files.events import events_of
from bargain.files.library import shipped

HERE = Path(__file__).parent
TEXTS = [
    path.read_text(encoding="utf-8", errors="replace")
    for path in [*HERE.glob("*valid/*.yaml"), *shipped().values()]
    if path.stat().st_size < 8_000
]


def told(events):
    """Events as they are seen from outside, and the error that ends them."""
    seen = []
    try:
        for event in events:
            seen.append((repr(event), str(event.start_mark), str(event.end_mark)))
    except Exception as error:
        seen.append((type(error).__name__, str(error)))
    return seen


def damaged(text, rng):
    """The text with a few characters taken away, doubled or put elsewhere."""
    for _ in range(rng.randint(0, 3)):
        at = rng.randrange(len(text) + 1)
        text = rng.choice([text[:at] + text[at + 1 :], text[:at] + rng.choice(":-,{}[]#&*!|>'\"%?\n ") + text[at:]])
    return text


def test_events_and_errors_are_those_of_the_parser():
    rng = Random(0)
    texts = [damaged(rng.choice(TEXTS)[:250], rng) for _ in range(60)]
    ends = {told(events_of(text))[-1][0] for text in texts}
    assert {"ScannerError", "ParserError", "StreamEndEvent()"} <= ends
    assert [told(events_of(text)) for text in texts] == [
        told(YAML(typ="safe", pure=True).parse(text)) for text in texts
    ]
