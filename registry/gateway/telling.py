"""Telling whoever uses a permit where it does not work, and when it works everywhere."""

from collections.abc import Iterable

from registry.gateway.model import Activation, CarrierFiling
from registry.gateway.workflow import ActivationState
from registry.kernel.sentence import Sentence
from registry.notices import service as notices

_FAILED = Sentence("许可 {permit} 在网关 {place} 未能生效", "Permit {permit} could not be activated at gateway {place}")
_WORKS = Sentence("许可 {permit} 已在全部网关生效", "Permit {permit} is active at every gateway")
_WHY = Sentence("网关返回：{code}", "the gateway said: {code}")
_FIX = Sentence("暂勿从该网关发送；运营商处理后会再次通知", "do not send there yet: you are told when it is mended")


def tell_of(changed: Iterable[Activation | CarrierFiling], users: dict[str, str], everywhere: Iterable[str]) -> None:
    """Tell of what failed, with the raw code, and once of each permit that has come to work everywhere."""
    for row in changed:
        if row.state is ActivationState.FAILED:
            notices.tell(
                "activation.failed",
                ("permit", row.permit),
                _FAILED.about(permit=row.permit, place=row.place),
                enterprise=users[row.permit],
                reasons=[notices.reason(row.code or "FAILED", _WHY.about(code=row.code or "-"), _FIX, field="permit")],
                payload={"permit": row.permit, "gateway": row.place, "code": row.code, "at": row.at},
            )
    for permit in everywhere:
        notices.tell(
            "activation.complete",
            ("permit", permit),
            _WORKS.about(permit=permit),
            enterprise=users[permit],
            payload={"permit": permit},
            once=f"activation.complete {permit}",
        )
