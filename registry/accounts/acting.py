"""From an account or a key to the actor that it stands for."""

from registry.accounts import queries
from registry.accounts.model import Account, ApiKey
from registry.accounts.roles import OF_DEPUTIES, OF_PEOPLE, permissions_of
from registry.kernel.actor import Actor, ActorKind


def actor_of(account: Account, request_id: str | None = None) -> Actor:
    """The person behind an account, known by the e-mail address; staff also with whom they stand in for now."""
    kind = ActorKind.COMPANY if account.enterprise else ActorKind.STAFF
    absent = [] if account.enterprise else queries.absent_now(account.email)
    permissions = _permissions(account) | OF_PEOPLE
    permissions |= frozenset().union(*(_permissions(each) & OF_DEPUTIES for each in absent))
    return Actor(
        account.email,
        kind,
        permissions,
        account.enterprise,
        account.office,
        request_id,
        stands_for=frozenset(each.email for each in absent),
        offices=_offices([account, *absent]),
    )


def actor_of_key(key: ApiKey, request_id: str | None = None) -> Actor:
    """The machine behind a key, known by the key's public part."""
    return Actor(f"key:{key.key_id}", ActorKind.KEY, permissions_of(key.roles), key.enterprise, None, request_id)


def _permissions(account: Account) -> frozenset[str]:
    return permissions_of([role.name for role in account.roles])


def _offices(accounts: list[Account]) -> frozenset[str]:
    """Where these people work together; nowhere named is everywhere: one of them is at headquarters."""
    offices = [each.office or "" for each in accounts]
    return frozenset() if "" in offices else frozenset(offices)
