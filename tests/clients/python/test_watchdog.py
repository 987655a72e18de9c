import threading

from mailbot.watchdog import Watchdog

TIMEOUT_SECONDS = 20


class Call:
    """Remembers that it was cancelled."""

    def __init__(self):
        self.cancelled = threading.Event()

    def cancel(self):
        self.cancelled.set()


def test_a_silent_call_is_cancelled_and_only_that_one():
    dog = Watchdog()
    quick, slow = Call(), Call()
    dog.watch(quick, 100)
    dog.calm()
    dog.watch(slow, 0.001)
    assert slow.cancelled.wait(TIMEOUT_SECONDS)
    assert not quick.cancelled.is_set()
    assert dog.fired
    dog.stop()
    dog.join()


def test_an_earlier_deadline_wakes_it_earlier():
    dog = Watchdog()
    dog.watch(Call(), 100)
    call = Call()
    dog.watch(call, 0.001)
    assert call.cancelled.wait(TIMEOUT_SECONDS)
    dog.stop()
    dog.join()


def test_it_watches_on_after_it_has_fired():
    dog = Watchdog()
    for _ in range(3):
        call = Call()
        dog.watch(call, 0.001)
        assert call.cancelled.wait(TIMEOUT_SECONDS)
    dog.stop()
    dog.join()


def test_stopping_ends_its_thread():
    before = set(threading.enumerate())
    dog = Watchdog()
    dog.watch(Call(), 100)
    dog.stop()
    dog.join()
    assert set(threading.enumerate()) == before


def test_a_dog_that_never_watched_has_nothing_to_stop():
    dog = Watchdog()
    dog.stop()
    dog.join()
