"""`make bench`: inbound messages and Send calls per second, with CPU and ratios.

Rounds of mailbot and of its peers alternate, because machines drift; medians are
printed with minimum and maximum. Figures are accepted durably: parsed, threaded,
indexed and with their events before the 250.
"""

import argparse
import subprocess
import sys
from collections.abc import Callable
from statistics import median
from typing import Final

from bench import dkim, inbound, outbound, process
from bench.figures import Figures
from bench.process import Measured

AT_A_TIME: Final = ((1, 5), (32, 1))
"""Calls at a time, and which part of the messages: an account may send 10,000 a day."""

LOAD_SECONDS: Final = 300


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--messages", type=int, default=1500)
    parser.add_argument("--database", default="", help="postgresql://…; default SQLite")
    options = parser.parse_args()
    with process.mailbot(options.database, authentication="false") as ours:
        inbound.measure(ours, options.messages, options.rounds)
        for at_a_time, part in AT_A_TIME:
            _calls(ours, options.messages // part, options.rounds, at_a_time)
    dkim.main(options.rounds)
    if outbound.has_sink():
        outbound.measure(2 * options.messages, options.rounds)
        outbound.measure(2 * options.messages, options.rounds, signed=True)


def _calls(server: Measured, count: int, rounds: int, at_a_time: int) -> None:
    calls, middles = Figures([], []), []

    def load() -> float:
        given = (server.target, server.api_key, str(count), str(at_a_time))
        seconds, middle = _run(["bench.calls", *given])
        middles.append(middle)
        return seconds

    for _ in range(rounds):
        _measure(server, calls, count, load)
    title = f"SendMessage, {at_a_time} at a time"
    print(f"{title:<40} {calls.text()}   p50 {median(middles):.2f} ms", flush=True)


def _measure(
    server: Measured, figures: Figures, count: int, load: Callable[[], float]
) -> None:
    before = server.cpu_seconds()
    seconds = load()
    figures.cpu.append((server.cpu_seconds() - before) / count * 1e6)
    figures.rates.append(count / seconds)


def _run(module: list[str]) -> list[float]:
    """What a load prints: the seconds that it took, and what it knows besides."""
    done = subprocess.run(
        [sys.executable, "-m", *module],
        check=True,
        capture_output=True,
        text=True,
        timeout=LOAD_SECONDS,
    )
    return [float(word) for word in done.stdout.split()]


if __name__ == "__main__":
    main()
