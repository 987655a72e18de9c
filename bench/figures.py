"""Rounds of one measurement, and how they are printed: medians, ranges, ratios."""

from dataclasses import dataclass
from statistics import median


@dataclass(slots=True)
class Figures:
    """Rounds of one measurement: things per second, CPU microseconds a thing."""

    rates: list[float]
    cpu: list[float]

    def add(self, count: int, seconds: float, cpu_seconds: float) -> None:
        """One more round."""
        self.rates.append(count / seconds)
        self.cpu.append(cpu_seconds / count * 1e6)

    def text(self) -> str:
        """Median, range, CPU."""
        low, high = min(self.rates), max(self.rates)
        rate = f"{median(self.rates):7.0f}/s [{low:.0f}-{high:.0f}]"
        return f"{rate:<26} {median(self.cpu):6.0f} us CPU"


def compare(title: str, ours: Figures, theirs: Figures, peer: str) -> None:
    """Prints ours, and theirs if there are any, with the ratio of the medians."""
    show(title, ours)
    if theirs.rates:
        beside(ours, theirs, peer)


def show(title: str, ours: Figures) -> None:
    """Prints one row."""
    print(f"{title:<40} {ours.text()}", flush=True)


def beside(ours: Figures, theirs: Figures, peer: str) -> None:
    """Prints the row of a peer, with the ratio of the medians."""
    ratio = median(ours.rates) / median(theirs.rates)
    print(f"{f'  {peer}':<40} {theirs.text()}   ours is {ratio:.2f} x", flush=True)
