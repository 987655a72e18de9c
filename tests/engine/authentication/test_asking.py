"""The test suite of RFC 7208, asked through the resolver that others are asked by."""

import asyncio
from collections import Counter
from ipaddress import ip_address

import pytest
import yaml

from mailbot_server.core.authentication.question import Kind, Question
from mailbot_server.core.authentication.spf import evaluate
from mailbot_server.core.authentication.spf.evaluate import Client
from mailbot_server.core.authentication.verdicts import Scope
from mailbot_server.core.destination.networks import unmapped
from mailbot_server.engine.authentication.asking import Check
from mailbot_server.engine.dns import Status, TextAnswer
from tests import corpora
from tests.fakes.resolver import FakeResolver

CASES = 203
ALIASES_MAX = 8


class Zone:
    """A zone of the suite: names → types → records, or that nobody answers."""

    def __init__(self, told: dict) -> None:
        self._records: dict[str, list[tuple[str, object]]] = {}
        self._silent = set()
        for name, entries in told.items():
            rows = self._records.setdefault(name.lower(), [])
            for entry in entries:
                if entry == "TIMEOUT":
                    self._silent.add(name.lower())
                else:
                    rows += entry.items()
            # A record of the type that is gone stands for a TXT record, too.
            if not any(kind == "TXT" for kind, _ in rows):
                rows += [("TXT", value) for kind, value in rows if kind == "SPF"]

    def find(self, name: str, kind: str, depth: int = 0) -> list | Status:
        rows = self._records.get(name)
        if rows is None:
            return Status.NXDOMAIN
        found = [v for k, v in rows if k == kind and v != "NONE"]
        aliases = [v for k, v in rows if k == "CNAME"]
        if aliases and not found and depth < ALIASES_MAX:
            return self.find(str(aliases[0]).lower(), kind, depth + 1)
        if not found and name in self._silent:
            return Status.TIMEOUT
        return found or Status.NODATA

    def resolver(self, address: str) -> FakeResolver:
        fake = FakeResolver()
        for name in self._records:
            texts = self.find(name, "TXT")
            fake.texts_of[name] = (
                texts if isinstance(texts, Status) else [octets(each) for each in texts]
            )
            exchanges = self.find(name, "MX")
            fake.mx_of[name] = (
                exchanges
                if isinstance(exchanges, Status)
                else [(number, host.lower()) for number, host in exchanges]
            )
            fake.addresses_of[name] = self.addresses(name)
        pointer = ip_address(address).reverse_pointer
        found = self.find(pointer, "PTR")
        fake.names_of[address] = (
            found if isinstance(found, Status) else [each.lower() for each in found]
        )
        return fake

    def addresses(self, name: str) -> list[str] | Status:
        found = [self.find(name, kind) for kind in ("A", "AAAA")]
        told = [each for each in found if not isinstance(each, Status)]
        if told:
            return [str(ip_address(text)) for each in told for text in each]
        return found[0]


async def finished(resolver, asking):
    return await Check(resolver, asking).finish()


def octets(value: object) -> bytes:
    text = "".join(value) if isinstance(value, list) else str(value)
    return text.encode("latin-1")


async def test_every_case_of_the_rfc7208_suite():
    path = corpora.folder("spf") / "rfc7208-tests.yml"
    suite = list(yaml.safe_load_all(path.read_text()))
    wrong = []
    results: Counter[str] = Counter()
    for scenario in suite:
        zone = Zone(scenario["zonedata"])
        for name, case in scenario["tests"].items():
            address = unmapped(case["host"])
            verdict = await finished(
                zone.resolver(address),
                evaluate.check(
                    Client(
                        address=ip_address(address),
                        helo=case["helo"],
                        reverse_path=case["mailfrom"] or None,
                        receiver="receiver.example",
                    )
                ),
            )
            wanted = case["result"]
            results[verdict.result.value] += 1
            if verdict.result not in ([wanted] if isinstance(wanted, str) else wanted):
                wrong.append((name, verdict.result.value, wanted))
            said = case.get("explanation", "DEFAULT")
            if said not in {"DEFAULT", verdict.explanation}:
                wrong.append((name, verdict.explanation, said))
    assert wrong == []
    assert sum(results.values()) == CASES
    assert set(results) == {
        *("none", "pass", "fail", "softfail", "neutral", "temperror", "permerror"),
    }


@pytest.mark.parametrize(
    ("kind", "name"),
    [(Kind.TEXT, "ä.example"), (Kind.EXCHANGE, "a" * 254), (Kind.V4, "ä.example")],
)
async def test_what_cannot_be_a_name_is_not_asked(kind, name):
    resolver = FakeResolver()

    def asking():
        answers = yield (Question(kind, name),)
        return answers

    assert await finished(resolver, asking()) == ((),)
    assert resolver.questions == []


async def test_questions_of_one_step_wait_together():
    together = asyncio.Event()

    class Slow(FakeResolver):
        waiting = 0

        async def txt(self, name):
            Slow.waiting += 1
            if Slow.waiting == 3:
                together.set()
            await together.wait()
            return await super().txt(name)

    def asking():
        return (yield tuple(Question(Kind.TEXT, f"{i}.example") for i in range(3)))

    assert await finished(Slow(), asking()) == ((), (), ())


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (Status.NXDOMAIN, ()),
        (Status.NODATA, ("a.example",)),
        (Status.TIMEOUT, None),
        (Status.FAILED, None),
    ],
)
async def test_whether_a_name_exists(status, answer):
    resolver = FakeResolver()
    resolver.texts_of["a.example"] = status

    def asking():
        (found,) = yield (Question(Kind.NAME, "a.example"),)
        return found

    assert await finished(resolver, asking()) == answer


async def test_helo_is_asked_about_where_there_is_no_reverse_path():
    resolver = FakeResolver()
    resolver.texts_of["mail.example.com"] = [b"v=spf1 ip4:192.0.2.1 -all"]
    client = Client(
        address=ip_address("192.0.2.1"), helo="Mail.Example.COM", reverse_path=None
    )
    verdict = await finished(resolver, evaluate.check(client))
    assert (verdict.result, verdict.scope) == ("pass", Scope.HELO)
    assert verdict.domain == "mail.example.com"


class Remembering(FakeResolver):
    """Knows some texts without being asked."""

    def known_txt(self, name):
        if name in self.remembered:
            return TextAnswer(status=Status.OK, texts=(self.remembered[name],))
        return None

    def __init__(self, **remembered: bytes) -> None:
        super().__init__()
        self.remembered = {n.replace("_", "."): t for n, t in remembered.items()}


CLIENT = Client(
    address=ip_address("192.0.2.1"), helo="mx.example.com", reverse_path="a@a.example"
)


def test_what_is_remembered_needs_nobody_to_wait():
    resolver = Remembering(
        a_example=b"v=spf1 include:b.example -all", b_example=b"v=spf1 ip4:192.0.2.1"
    )
    check = Check(resolver, evaluate.check(CLIENT))
    assert check.is_done
    assert check.result(evaluate.unanswered(CLIENT)).result == "pass"
    assert resolver.questions == []


async def test_what_is_not_remembered_is_waited_for_from_there_on():
    resolver = Remembering(a_example=b"v=spf1 include:b.example a -all")
    resolver.texts_of["b.example"] = [b"v=spf1 -all"]
    resolver.addresses_of["a.example"] = ["192.0.2.1"]
    check = Check(resolver, evaluate.check(CLIENT))
    late = evaluate.unanswered(CLIENT)
    assert not check.is_done
    assert check.result(late) is late
    assert (await check.finish()).result == "pass"
    assert resolver.questions == [("txt", "b.example"), ("addresses", "a.example")]
    assert check.result(late).result == "pass"
