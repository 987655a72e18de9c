"""When the server says that it can take no more."""

import pytest

from mailbot_server.config import load
from mailbot_server.core.errors import Unavailable
from mailbot_server.engine import shortage as module
from mailbot_server.engine.shortage import Short, Shortage

GIGABYTE = 1024**3
MEGABYTE = 1024**2


class Machine:
    """Its disk, its memory and its time."""

    free = 500 * GIGABYTE
    total = 1000 * GIGABYTE
    used = 100 * MEGABYTE
    now = 0.0
    looks = 0
    is_there = True

    def disk(self, folder) -> tuple[int, int]:
        self.looks += 1
        if not self.is_there:
            raise FileNotFoundError(folder)
        return self.free, self.total


@pytest.fixture
def machine():
    return Machine()


@pytest.fixture
def make(machine, metrics):
    def made(**settings) -> Shortage:
        return Shortage(
            load(**settings),
            metrics,
            seconds=lambda: machine.now,
            free=machine.disk,
            resident=lambda: machine.used,
        )

    return made


def shed(metrics) -> list[float | None]:
    return [
        metrics.registry.get_sample_value("mailbot_load_shed_active", {"reason": kind})
        for kind in ("disk", "memory")
    ]


@pytest.mark.parametrize(
    ("free", "total", "short"),
    [
        (500 * GIGABYTE, 1000 * GIGABYTE, None),
        (2 * GIGABYTE, 1000 * GIGABYTE, None),
        (GIGABYTE - 1, 1000 * GIGABYTE, Short.DISK),
        (101 * MEGABYTE, 1000 * MEGABYTE, None),
        (99 * MEGABYTE, 1000 * MEGABYTE, Short.DISK),
        (38 * MEGABYTE, 100 * MEGABYTE, None),
        (37 * MEGABYTE, 100 * MEGABYTE, Short.DISK),
    ],
)
def test_A10_a_disk_is_short_below_a_tenth_and_below_what_messages_need(
    make, machine, metrics, free, total, short
):
    machine.free, machine.total = free, total
    shortage = make(smtp_message_bytes_max=25 * MEGABYTE)
    assert shed(metrics) == [short is Short.DISK, 0]
    assert shortage.now() is short
    assert shed(metrics) == [short is Short.DISK, 0]


def test_A11_memory_is_short_beyond_what_is_set(make, machine, metrics):
    shortage = make(memory_bytes_max=GIGABYTE)
    machine.used = GIGABYTE
    assert shortage.now() is None
    machine.used += 1
    machine.now += 1
    assert shortage.now() is Short.MEMORY
    assert shed(metrics) == [0, 1]
    machine.used = MEGABYTE
    machine.now += 1
    assert shortage.now() is None
    assert shed(metrics) == [0, 0]


def test_A11_memory_that_nobody_uses_is_given_back_once(make, machine, monkeypatch):
    given = []
    monkeypatch.setattr(module, "_give_back", lambda: given.append(1))
    shortage = make(memory_bytes_max=MEGABYTE)
    for _ in range(3):
        assert shortage.now() is Short.MEMORY
        machine.now += 1
    assert len(given) == 1


def test_unless_set_the_machine_or_its_container_says_how_much_memory_there_is(
    make, machine, monkeypatch, tmp_path
):
    container = tmp_path / "memory.max"
    container.write_text(f"{GIGABYTE}\n")
    monkeypatch.setattr(module, "_CGROUPS", (container, tmp_path / "nothing"))
    machine.used = GIGABYTE * 8 // 10 + 1
    assert make().now() is Short.MEMORY
    container.write_text("max\n")
    assert make().now() is None


def test_it_looks_once_a_second_however_often_it_is_asked(make, machine):
    shortage = make()
    for _ in range(100):
        shortage.now()
    assert machine.looks == 1
    machine.now += 1
    shortage.now()
    assert machine.looks == 2


def test_a_folder_that_is_not_there_is_not_full(make, machine):
    machine.is_there = False
    assert make().now() is None


def test_whoever_asks_in_earnest_is_told_what_is_short(make, machine):
    shortage = make()
    shortage.check()
    machine.free = 0
    machine.now += 1
    with pytest.raises(Unavailable, match="too little disk"):
        shortage.check()


def test_by_itself_it_looks_at_this_machine_and_process(metrics, tmp_path):
    real = Shortage(load(data_dir=tmp_path, memory_bytes_max=1), metrics)
    assert real.now() in {Short.MEMORY, Short.DISK}
    assert module._resident() > MEGABYTE
    assert module._free_of(tmp_path)[1] > 0
