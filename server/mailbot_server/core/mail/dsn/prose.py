"""
The people's part of a report: whom it names, in reports that have no blocks.

Mailers differ in their words, hardly in their layout: an address that begins a line, or
follows a label, is listed; one inside a sentence is only mentioned. Listed ones are
taken first, mentioned ones when nothing is listed, then the others.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Final

from mailbot_server.core.mail.address import fold, normalise
from mailbot_server.core.mail.dsn import mention, phrase, status
from mailbot_server.core.mail.dsn.mention import Mention
from mailbot_server.core.mail.dsn.report import Action, Recipient
from mailbot_server.core.mail.reply import Reply

_REASON_LINES: Final = 30
_AGAIN_MAX: Final = 3
_DAEMON: Final = re.compile(r"(mailer-daemon|mail-daemon|mdaemon)@", re.IGNORECASE)
_POSTMASTER: Final = re.compile(
    r"(postmaster|abuse|hostmaster|no-?reply|noc)@", re.IGNORECASE
)

# Before a listed address: bullets, numbers, quotation marks, brackets, reply codes.
_BULLET: Final = re.compile(
    r"[\s\-*>•·・◦#\"'«»<(\[{|=:“„「【、.]{0,40}(?:[0-9]{1,3}[.)]\s{0,5})?"
    r"[<(\[\"']{0,3}(?:(?:smtp|rfc822|mailto)[:=])?",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(
    r"[\s\-*>#\[(]{0,20}([^@]{0,160}?)\s{0,9}[:=：\s]\s{0,40}"  # noqa: RUF001
    r"[<(\[\"']{0,3}(?:(?:smtp|rfc822|mailto)[:=])?",
    re.IGNORECASE,
)
_COLON: Final = re.compile(r"[:=：]\s*[<(\[\"']*(\w{4,6}[:=])?$")  # noqa: RUF001
_UNMARKED: Final = re.compile(r"(undeliverable|undelivered)\s+to")
_FAILED_TO: Final = re.compile(
    r"[\s\-*>]{0,20}(failed|unable|could not|cannot|couldn't|can't) [^@:;.,]{1,40}"
    r"\bto\s{1,3}['\"<]{1,2}[^\s@]{1,64}@[^\s@]{1,253}['\">]{1,2}[:.]?\s*",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(
    r"[\s\-*>•]{0,20}(?:[^@:;.!?]{1,60}|[\"'][^@:;\"]{1,60}[\"']\s{0,3})[<(\[]"
)
_DIALOGUE: Final = re.compile(
    r"(rcpt to\s?:|[<>]{3}|^\s*(\.{3} while talking|[245][0-9]{2}[ -]))"
)
_TO: Final = re.compile(r"^[\s\-*>]{0,20}to\s{0,9}:", re.IGNORECASE)
_FROM: Final = re.compile(
    r"[\s\-*>]{0,20}(from|sender|original sender|reply-to|mail from|return-path|cc|von|"
    r"absender|de|da|van|от|差出人|发件人|寄件者)\s{0,9}[:：]",  # noqa: RUF001
    re.IGNORECASE,
)
_EXPANDED: Final = re.compile(r"\(expanded from:\s{0,9}<?$", re.IGNORECASE)
_GENERATED: Final = re.compile(
    r"(generated|expanded|forwarded|redirected|aliased) (from|by|to)[:\s<]{0,9}$",
    re.IGNORECASE,
)
_COMMA: Final = re.compile(
    r"[\s>'\")\]]{0,5}(?:[,;/&]\s{0,3})?(?:(?<=\s)(?:and|und|et|e|y|en|och|og|и)\s)?"
    r"[\s<'\"(\[]{0,5}"
)
_BARE: Final = re.compile(r"[\t ]{1,20}([A-Za-z0-9][A-Za-z0-9._+-]{1,63})\s*")
_RULE: Final = re.compile(r"\s*[-=*_]{3,}")


class Rank(IntEnum):
    """How surely an address in a text is a recipient; less is surer."""

    LISTED = 0
    MENTIONED = 1
    LOOSE = 2
    ADDRESSED = 3


@dataclass(frozen=True, slots=True)
class Found:
    """An address of which a notification tells."""

    address: str
    rank: Rank
    line: int
    action: Action | None
    """What the heading above it says; None without one."""

    again: tuple[int, ...] = ()
    """Further lines that it begins."""


@dataclass(slots=True)
class Reading:
    """A notification's lines while they are looked through."""

    lines: Sequence[str]
    excluded: Collection[str]
    """Folded addresses that cannot be recipients: the sender's own."""

    found: list[Found] = field(default_factory=list)
    heading: Action | None = None

    def run(self) -> list[Found]:
        """The addresses of the surest rank, in order, each once."""
        for number, line in enumerate(self.lines):
            self._read(number, line)
        best = min((one.rank for one in self.found), default=Rank.LISTED)
        chosen: dict[str, Found] = {}
        again: dict[str, list[int]] = {}
        for one in self.found:
            key = fold(one.address)
            if one.rank is best and chosen.setdefault(key, one) is not one:
                again.setdefault(key, []).append(one.line)
        for key, numbers in again.items():
            further = tuple(numbers[:_AGAIN_MAX])
            chosen[key] = replace(chosen[key], again=further)
        others = [one for one in chosen.values() if not _POSTMASTER.match(one.address)]
        return others or list(chosen.values())

    def _read(self, number: int, line: str) -> None:
        before = 0
        rank: Rank | None = None
        mentions = mention.addresses(line)
        if not mentions:
            self._read_heading(line)
        for one in mentions:
            between = line[before : one.start]
            # After the first of `a, b and c` each is what the first is.
            if not (rank is Rank.LISTED and between and _COMMA.fullmatch(between)):
                rank = self._rank(number, line, one, between)
            before = one.end
            if rank is None or _DAEMON.match(one.address):
                continue
            if fold(one.address) not in self.excluded:
                self.found.append(Found(one.address, rank, number, self.heading))

    def _read_heading(self, line: str) -> None:
        """Sendmail's sections: `----- The following addresses had ... -----`."""
        words = line.lower()
        if not (_RULE.match(line) or words.rstrip().endswith(":")):
            return
        if phrase.DELAY.search(words):
            self.heading = Action.DELAYED
        elif phrase.SUCCESS.search(words) and "not " not in words:
            self.heading = Action.DELIVERED
        elif phrase.FAILURE.search(words) or "problem" in words:
            self.heading = Action.FAILED

    def _rank(self, number: int, line: str, one: Mention, before: str) -> Rank | None:
        head = line[: one.start] + ("<" if line[one.start] == "<" else "")
        if _EXPANDED.search(head):
            return Rank.LISTED
        if _TO.match(line) or _GENERATED.search(head):
            return Rank.ADDRESSED
        if _FROM.match(line) or phrase.OUTGOING.search(head.lower()):
            return None
        if _DIALOGUE.search(head.lower()):
            return Rank.MENTIONED
        if _BULLET.fullmatch(head):
            is_headed = line[one.end :].startswith((":", ">:", "]:"))
            return Rank.LISTED if is_headed else self._rank_of_first(number, line)
        is_named = _NAMED.fullmatch(head) and self._stands_in_list(number)
        if is_named or _FAILED_TO.fullmatch(line) or _is_labelled(head):
            return Rank.LISTED
        if before.endswith("://"):
            return None
        return self._rank_in_sentence(_sentence(line, one), head.lower())

    def _rank_in_sentence(self, words: str, head: str) -> Rank | None:
        if phrase.ADVICE.search(words) or phrase.CONTACT.search(head[-80:]):
            return None
        if phrase.TOWARDS.search(head):
            return Rank.MENTIONED
        return Rank.LOOSE if phrase.FAILURE.search(words) else None

    def _rank_of_first(self, number: int, line: str) -> Rank | None:
        """Listed, unless a sentence from the line above goes on there."""
        above = self._above(number)
        if not above:
            return Rank.LISTED
        words = above.lower().rstrip()
        is_next = bool(self.lines[number - 1].strip())
        if not _is_listing(words):
            if phrase.OUTGOING.search(words.rstrip(":")):
                return None
            if phrase.CONTACT.search(words) and (is_next or words[-1:] != "."):
                return None
            if is_next and phrase.ADVICE.search(f"{words} {line.lower()}"):
                return None
        is_aligned = _indent(above) == _indent(line)
        goes_on = words[-1:].isalnum() and is_next and is_aligned
        goes_on = goes_on and not phrase.FAILURE.search(words)
        if goes_on or _DIALOGUE.search(words):
            return Rank.MENTIONED
        return Rank.LISTED

    def _above(self, number: int) -> str:
        """The nearest line above that is not empty, unless it names somebody itself."""
        for line in reversed(self.lines[max(number - 3, 0) : number]):
            if line.strip():
                return "" if "@" in line else line
        return ""

    def _stands_in_list(self, number: int) -> bool:
        last = self.found[-1] if self.found else None
        if last and last.rank is Rank.LISTED and last.line == number - 1:
            return True
        return _is_listing(self._above(number).lower())


def recipients(
    lines: Sequence[str], excluded: Collection[str], default: Action
) -> list[Recipient]:
    """Whom a notification's lines name, with what they say of each."""
    found = Reading(lines, excluded).run()[: status.RECIPIENTS_MAX]
    if not found:
        return []
    # Said once of all, before they are named.
    below = _quoted(lines[found[0].line :])
    shared = _quoted(lines) if below is None or len(found) == 1 else None
    named: list[Recipient] = []
    for one, reasons in reversed(_reasons(lines, found)):
        action = one.action or default
        if default is not Action.FAILED and one.action is Action.FAILED:
            action = default
        quoted = (each for each in map(_quoted, reasons) if each)
        spoken = (each for each in reasons if _says_why(each, one.address))
        reply = next(quoted, None) or shared
        if reply is None and (words := next(spoken, None)):
            reply = _reply(words, action)
        elif reply is None and named and named[-1].action is action:
            # Of several below each other the last is told why.
            reply = named[-1].reply
        named.append(of(one.address, action, reply or _reply(lines, action)))
    return named[::-1]


def _reasons(
    lines: Sequence[str], found: Sequence[Found]
) -> list[tuple[Found, list[Sequence[str]]]]:
    """
    Each recipient with the lines below it, up to the next one.

    Exchange names them twice: to people first, then to administrators.
    """
    starts = sorted(
        (number, index)
        for index, one in enumerate(found)
        for number in {one.line, *one.again}
    )
    reasons: list[list[Sequence[str]]] = [[] for _ in found]
    end, following = len(lines), (len(lines), -1)
    for number, index in reversed(starts):
        if following[1] != index and following[0] != number:
            end = following[0]
        following = number, index
        reasons[index].insert(0, lines[number : min(end, number + _REASON_LINES)])
    return list(zip(found, reasons, strict=True))


def explained(lines: Sequence[str], blocks: Sequence[Recipient]) -> list[Recipient]:
    """Recipients of blocks; those that give no reason have the one of the words."""
    if all(one.reply.text for one in blocks):
        return list(blocks)
    spoken = recipients(lines, (), blocks[0].action)
    replies = {fold(one.address): one.reply for one in reversed(spoken)}
    whole = _quoted(lines)
    done = []
    for one in blocks:
        addresses = (fold(one.address), fold(one.final_address))
        told = [replies[each] for each in addresses if each in replies]
        reply = told[0] if told else whole
        if one.reply.text or reply is None or not _is_alike(reply, one.reply):
            done.append(one)
            continue
        reply = replace(reply, enhanced=reply.enhanced or one.status)
        done.append(replace(one, reply=reply))
    return done


def _is_alike(one: Reply, other: Reply) -> bool:
    """Whether two replies are of one class."""
    return one.code // 100 == other.code // 100


def is_list(lines: Sequence[str], excluded: Collection[str]) -> bool:
    """Whether addresses are listed, which people seldom do."""
    return any(one.rank is Rank.LISTED for one in Reading(lines, excluded).run())


def of(address: str, action: Action, reply: Reply) -> Recipient:
    """A recipient of whom only words tell."""
    return Recipient(
        address=address,
        final_address=address,
        action=action,
        status=reply.enhanced,
        reply=reply,
    )


def completed(lines: Sequence[str], domain: str) -> list[str]:
    """
    Addresses made of bare names in a list, as some hosts name their own users.

    `domain` is the reporting host's.
    """
    if "recipient" not in " ".join(lines).lower():
        return []
    names: list[str] = []
    is_list = False
    for line in lines:
        bare = _BARE.fullmatch(line)
        if is_list and bare:
            address = f"{bare[1]}@{domain}"
            names += [address] if normalise(address) else []
        elif line.strip():
            is_list = line.rstrip().endswith(":")
    return list(dict.fromkeys(names))


def reply_in(lines: Sequence[str], action: Action) -> Reply:
    """What a notification says of its reason, whomever it is about."""
    return _reply(lines, action)


def _reply(lines: Sequence[str], action: Action) -> Reply:
    quoted = _quoted(lines)
    if quoted is not None:
        return quoted
    words = " ".join(line.strip() for line in lines[:_REASON_LINES] if line.strip())
    return status.made_up(mention.status_in(words), words, action)


def _says_why(reason: Sequence[str], address: str) -> bool:
    """Whether more stands there than the address itself."""
    told = [line for line in reason if not phrase.CONTACT.search(line.lower())]
    words = " ".join(told).replace(address, " ").split()
    return sum(word.isalpha() for word in words) > 1


def _quoted(lines: Sequence[str]) -> Reply | None:
    return mention.quoted_reply("\n".join(lines))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_labelled(head: str) -> bool:
    """Whether `Recipient:` or the like stands before an address."""
    label = _LABEL.fullmatch(head)
    words = _last_clause(label[1].lower()).rstrip() if label else ""
    if not words or words[-1] in ",." or not phrase.FOR_RECIPIENT.search(words):
        return False
    if phrase.ADVICE.search(words) or "example" in words:
        return False
    return bool(_COLON.search(head) or _UNMARKED.fullmatch(words))


def _sentence(line: str, one: Mention) -> str:
    """What is said of an address, in lower case."""
    begin = max(line.rfind(". ", 0, one.start), line.rfind("! ", 0, one.start), 0)
    end = line.find(". ", one.end)
    return line[begin : end if end >= 0 else len(line)].lower()


def _last_clause(words: str) -> str:
    ended = max(words.rfind(end) for end in (". ", "! ", "? ", "; "))
    return words[ended + 2 :] if ended >= 0 else words


def _is_listing(words: str) -> bool:
    return bool(phrase.LISTING.search(words)) and words.rstrip()[-1:] in ":：)."  # noqa: RUF001
