"""Creates accounts, and the first account and keys of a new server."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from mailbot_server.core import account as core
from mailbot_server.core import audit, ids, limits
from mailbot_server.core.account import Account, ApiKey, PresentedKey
from mailbot_server.core.audit import Change
from mailbot_server.core.audit.values import fields_of
from mailbot_server.core.errors import NotFound, WrongState
from mailbot_server.store import accounts, keys, requests
from mailbot_server.store.database import Transaction

DEFAULT_NAME: Final = "default"
_SUFFIX_CHARACTERS: Final = 8
_ORDINARY: Final = frozenset({core.ADMIN, *core.ORDINARY_SCOPES})
_EVERYTHING: Final = _ORDINARY | {core.OPERATOR}
_NAMES: Final = {"is_suspended": "suspended"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """What an account is made from; `digest` stands for the request's payload."""

    display_name: str
    daily_send_limit: int = limits.ACCOUNT_DAILY
    suffix_entropy: bytes
    request_id: str = ""
    digest: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstKeys:
    """The keys that a new server writes to files."""

    api: PresentedKey
    operator: PresentedKey


def create(tx: Transaction, caller_id: str, new: NewAccount) -> tuple[Account, bool]:
    """A new account with its log; True when the request_id was seen before."""
    account_id = tx.new_id("acc")
    if new.request_id:
        seen = requests.claim(
            tx, caller_id, "CreateAccount", new.request_id, new.digest, account_id
        )
        earlier = accounts.get(tx, seen.result_id) if seen else None
        if earlier is not None:
            return earlier, True
    suffix = ids.base32(int.from_bytes(new.suffix_entropy, "big"), _SUFFIX_CHARACTERS)
    made = Account(
        id=account_id,
        display_name=new.display_name,
        sandbox_suffix=suffix,
        daily_send_limit=new.daily_send_limit,
        created_at=tx.now,
    )
    accounts.add(tx, made)
    _note(tx, "account.create", None, made)
    return made, False


def set_suspended(tx: Transaction, account_id: str, *, is_suspended: bool) -> None:
    """Stops an account or lets it go on; raises NotFound."""
    before = accounts.get(tx, account_id)
    if before is None:
        raise NotFound("account", account_id)
    accounts.set_suspended(tx, account_id, is_suspended=is_suspended)
    after = replace(before, is_suspended=is_suspended)
    action = "account.suspend" if is_suspended else "account.activate"
    _note(tx, action, before, after)


def acting(tx: Transaction, account_id: str) -> Account:
    """An account that may do something new; raises NotFound, WrongState for others."""
    found = accounts.get(tx, account_id)
    if found is None:
        raise NotFound("account", account_id)
    if found.is_suspended:
        raise WrongState(
            "this account is suspended; ask the operator",
            reason="ACCOUNT_SUSPENDED",
            kind="ACCOUNT_STATE",
            subject=account_id,
        )
    return found


def draw_first_keys(entropy: Callable[[int], bytes]) -> FirstKeys:
    """Two new keys that nothing knows yet."""
    return FirstKeys(
        api=core.make_key(entropy(7), entropy(32)),
        operator=core.make_key(entropy(7), entropy(32)),
    )


def begin(tx: Transaction, first: FirstKeys, suffix_entropy: bytes) -> bool:
    """
    Gives an empty database the account `default` and its two keys.

    False, and nothing written, when there is an account already.
    """
    if accounts.list_newest(tx, "", 1) or not accounts.claim_first(tx):
        return False
    new = NewAccount(display_name=DEFAULT_NAME, suffix_entropy=suffix_entropy)
    made, _ = create(tx, "", new)
    _add(tx, _key(tx, made, "default", first.api, _ORDINARY))
    _add(tx, _key(tx, made, "operator", first.operator, _EVERYTHING))
    return True


def add_operator_key(tx: Transaction, presented: PresentedKey) -> bool:
    """
    Gives the first account another key that may do everything.

    False, and nothing written, where there is no account.
    """
    first = accounts.get(tx, accounts.next_id(tx, ""))
    if first is None:
        return False
    _add(tx, _key(tx, first, "operator", presented, _EVERYTHING))
    return True


def _note(tx: Transaction, action: str, before: Account | None, after: Account) -> None:
    """In the account that it is about, whoever did it."""
    tx.audit(
        Change(
            account_id=after.id,
            action=action,
            resource_type="account",
            resource_id=after.id,
            before=fields_of(before, _NAMES) if before else {},
            after=fields_of(after, _NAMES),
        )
    )


def _add(tx: Transaction, key: ApiKey) -> None:
    keys.add(tx, key)
    tx.audit(audit.changed("api_key.create", None, key))


def _key(
    tx: Transaction,
    owner: Account,
    name: str,
    presented: PresentedKey,
    scopes: frozenset[str],
) -> ApiKey:
    return ApiKey(
        id=tx.new_id("key"),
        account_id=owner.id,
        display_name=name,
        public_id=presented.public_id,
        secret_hash=core.hash_secret(presented.secret),
        scopes=scopes,
        created_at=tx.now,
    )
