"""What only a real process shows: pipes, a full disk, Ctrl-C, widths, completion."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

BARGAIN = [sys.executable, "-m", "bargain"]
LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux")


def bargain(*arguments, **environment):
    variables = {**os.environ, "PYTHONWARNINGS": "default", **environment}
    return subprocess.run([*BARGAIN, *arguments], capture_output=True, env=variables, timeout=60)


def test_module_and_version():
    result = bargain("--version")
    assert result.returncode == 0
    assert result.stdout.startswith(b"bargain ")


def test_a_pipe_gets_plain_text_and_a_reader_may_leave():
    with subprocess.Popen(
        [*BARGAIN, "solve", "berlin_2025", "--json", "--frontier"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.readline()
        process.stdout.close()
        complaints = process.stderr.read()
        code = process.wait(60)
    assert complaints == b""
    assert code in (0, 141)


@LINUX
@pytest.mark.parametrize("arguments", [["list"], ["list", "concepts", "--json"], ["--help"]])
def test_a_full_disk_ends_in_one_line(arguments):
    with Path("/dev/full").open("w") as full:
        result = subprocess.run([*BARGAIN, *arguments], stdout=full, stderr=subprocess.PIPE, timeout=60)
    assert result.returncode == 74
    assert result.stderr.decode().count("\n") == 1
    assert "No space left" in result.stderr.decode()


@LINUX
def test_ctrl_c_ends_with_130():
    program = (
        "import bargain.cli.asked as asked, os, signal, time\n"
        "def read(*args, **keywords):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    time.sleep(10)\n"
        "asked.Asked.read = read\n"
        "from bargain.cli.main import main\n"
        "main(['solve', 'x.yaml'])\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        timeout=60,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert result.returncode == 130
    assert b"Traceback" not in result.stderr


@pytest.mark.parametrize("width", [40, 120])
def test_columns_sets_the_width(width):
    result = bargain("solve", "teaching/three_partners", COLUMNS=str(width), PYTHONIOENCODING="utf-8")
    lines = result.stdout.decode().splitlines()
    assert max(map(cell_len, lines)) <= width
    assert b"\x1b" not in result.stdout


def test_a_terminal_without_our_letters_shows_substitutes():
    result = bargain("compare", "teaching/no_deal", "teaching/polygon", "-c", "nash", PYTHONIOENCODING="ascii")
    assert result.returncode == 0
    assert json.loads(bargain("list", "--json", PYTHONIOENCODING="ascii").stdout)


@pytest.mark.parametrize(
    ("words", "expected"), [("bargain so", "plain,solve"), ("bargain solve --lot", "plain,--lotteries")]
)
def test_completion(words, expected):
    result = bargain(_BARGAIN_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=str(len(words.split()) - 1))
    assert expected in result.stdout.decode().split()
    assert b"_bargain_completion" in bargain(_BARGAIN_COMPLETE="bash_source").stdout


@LINUX
@pytest.mark.parametrize(("variables", "emphasis"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_terminal_gets_emphasis_unless_it_declines(variables, emphasis):
    pty = pytest.importorskip("pty")
    leader, follower = pty.openpty()
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    environment |= {"TERM": "xterm", "COLUMNS": "80", **variables}
    command = [*BARGAIN, "solve", "teaching/no_deal", "-c", "nash"]
    with subprocess.Popen(command, stdout=follower, stderr=subprocess.PIPE, env=environment) as process:
        os.close(follower)
        shown = b""
        while True:
            try:
                piece = os.read(leader, 65536)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        assert process.wait(60) == 0
    os.close(leader)
    assert (b"\x1b[1m" in shown) is emphasis
