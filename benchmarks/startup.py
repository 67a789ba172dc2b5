"""How long a command takes from the prompt to its last word: ``python benchmarks/startup.py [--quick]``.

Every command runs in a process of its own, after one run that is not counted; the best of several runs is shown,
because everything that disturbs a measurement makes it longer.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

RUNS = 7
COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "bargain --help": ["-m", "bargain", "--help"],
    "bargain check berlin_2025": ["-m", "bargain", "check", "berlin_2025"],
    "bargain solve berlin_2025 -c nash": ["-m", "bargain", "solve", "berlin_2025", "-c", "nash"],
    "bargain solve berlin_2025": ["-m", "bargain", "solve", "berlin_2025"],
}
"""What is typed -> what is run."""


def best_of(arguments: list[str], runs: int) -> float:
    """Seconds of the fastest of several runs."""
    times = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return min(times[1:])


def main(quick: bool = False) -> list[object]:
    """Measure every command and print a table; no goal stands beside it."""
    runs = 1 if quick else RUNS
    print(f"| command | best of {runs}, seconds |\n| --- | ---: |")
    for typed, arguments in list(COMMANDS.items())[: 1 if quick else None]:
        print(f"| `{typed}` | {best_of(arguments, runs):.2f} |", flush=True)
    print(f"\n{os.getloadavg()[0]:.1f} processes were running on {os.cpu_count()} cores.")
    return []


if __name__ == "__main__":
    main("--quick" in sys.argv)
