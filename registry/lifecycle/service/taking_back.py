"""Taking an extension back whose permits are all over: it and the hops on it end, and it rests."""

import sqlalchemy as sa

from registry.kernel import clock
from registry.kernel.actor import Actor
from registry.kernel.errors import Conflict, NotFound
from registry.kernel.sentence import Sentence
from registry.lifecycle.idle import is_idle
from registry.notices import service as notices
from registry.ports import service as ports
from registry.ports.model import Delegation, Port
from registry.ports.queries import under
from registry.store import unit_of_work
from registry.store.periods import in_force

TAKE_BACK = ports.PERMISSION
CODE = "NO_PERMIT_LEFT"
_TOLD = Sentence(
    "端口 {port} 已收回：其上最后的许可已终止", "Port {port} was taken back: the last permit on it is over"
)
_OVER = Sentence("该扩展号码上没有生效的许可", "no permit is in force on this extension")
_AGAIN = Sentence("如需使用，请重新报备该号码", "file it anew where it is needed")


def take_back(actor: Actor, port: str, reason: str = "") -> Port:
    """End an extension whose permits are all over, with the hops on it and below; its quarantine begins.

    Everybody concerned is told. Raises NotFound, and Conflict where it is none of these, or has a permit again.
    """
    actor.require(TAKE_BACK)
    said = f"{CODE}: {reason}".rstrip(": ")
    with unit_of_work() as session:
        there = sa.select(Port.row_id).where(Port.port == port, in_force(Port)).with_for_update()
        if session.scalar(there) is None:
            raise NotFound("no_such_port", f"there is no port {port[:40]} in force")
        if not is_idle(port):
            fix = "look at the list again; end its permits first where it is to be taken back all the same"
            raise Conflict("not_idle", f"{port[:40]} is no extension whose permits are all over", fix=fix)
        hops = session.scalars(sa.select(Delegation).where(under(Delegation.port, port), in_force(Delegation))).all()
        parties = {party for hop in hops for party in (hop.from_enterprise, hop.to_enterprise)}
        for hop in hops:
            ports.end_delegation(actor, hop.key, reason=said)
        row = ports.end_port(actor, port, reason=said)
        for enterprise in sorted(parties | {row.holder}):
            _tell(row, enterprise)
    return row


def _tell(row: Port, enterprise: str) -> None:
    notices.tell(
        "port.taken_back",
        ("port", row.port),
        _TOLD.about(port=row.port),
        enterprise=enterprise,
        reasons=[notices.reason(CODE, _OVER, _AGAIN, field="port")],
        payload={"port": row.port, "ended_at": row.valid_until or clock.now()},
    )
