"""From an account or a key to the actor that it stands for."""

from registry.accounts.model import Account, ApiKey
from registry.accounts.roles import OF_PEOPLE, permissions_of
from registry.kernel.actor import Actor, ActorKind


def actor_of(account: Account, request_id: str | None = None) -> Actor:
    """The person behind an account, known by the e-mail address."""
    kind = ActorKind.COMPANY if account.enterprise else ActorKind.STAFF
    permissions = permissions_of([role.name for role in account.roles]) | OF_PEOPLE
    return Actor(account.email, kind, permissions, account.enterprise, account.office, request_id)


def actor_of_key(key: ApiKey, request_id: str | None = None) -> Actor:
    """The machine behind a key, known by the key's public part."""
    return Actor(f"key:{key.key_id}", ActorKind.KEY, permissions_of(key.roles), key.enterprise, None, request_id)
