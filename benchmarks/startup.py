"""How long a command takes from the prompt to its last word: ``python benchmarks/startup.py [--quick]``.

Every command runs in a process of its own, after one run that is not counted; the best of several runs is shown,
because everything that disturbs a measurement makes it longer.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

from measuring import Goal

RUNS = 15
COMMANDS = {
    "python -c pass": (["-c", "pass"], None),
    "bargain --help": (["-m", "bargain", "--help"], 0.2),
    "bargain check berlin_2025": (["-m", "bargain", "check", "berlin_2025"], 0.8),
    "bargain solve berlin_2025 -c nash": (["-m", "bargain", "solve", "berlin_2025", "-c", "nash"], None),
    "bargain solve berlin_2025": (["-m", "bargain", "solve", "berlin_2025"], 1.2),
}
"""What is typed -> what is run, and the seconds that it may take."""


def best_of(arguments: list[str], runs: int) -> float:
    """Seconds of the fastest of several runs."""
    times = []
    compiled = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for _ in range(runs + 1):
        start = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=compiled)
        times.append(time.perf_counter() - start)
    return min(times[1:])


def main(quick: bool = False) -> list[Goal]:
    """Measure every command and print a table."""
    runs, goals = 1 if quick else RUNS, []
    print(f"| command | best of {runs}, seconds |\n| --- | ---: |")
    for typed, (arguments, limit) in list(COMMANDS.items())[: 1 if quick else None]:
        seconds = best_of(arguments, runs)
        print(f"| `{typed}` | {seconds:.2f} |", flush=True)
        if limit is not None:
            goals.append(Goal(f"`{typed}`, by the clock", f"≤ {limit:g} s", f"{seconds:.2f} s", seconds <= limit))
    print(f"\n{os.getloadavg()[0]:.1f} processes were running on {os.cpu_count()} cores.")
    return goals


if __name__ == "__main__":
    main("--quick" in sys.argv)
