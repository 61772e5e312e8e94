"""What staff may find a finding to be: a closed list. Pure."""

from enum import StrEnum

from registry.kernel.sentence import Sentence


class Verdict(StrEnum):
    """The outcome of working a finding."""

    SUBLET_PROVEN = "sublet_proven"
    UNDECLARED_USE = "undeclared_use_only"
    PAPER_MISSING = "paper_missing"
    ACCOUNT_STOLEN = "account_stolen"
    REROUTED = "rerouted"
    FORGED_SENDER = "forged_sender"
    REGISTRY_ERROR = "registry_error"
    GATEWAY_ERROR = "gateway_error"
    INSUFFICIENT = "insufficient"


CONFIRMING = frozenset({Verdict.SUBLET_PROVEN, Verdict.UNDECLARED_USE, Verdict.PAPER_MISSING})
"""Verdicts that put the answerable enterprise in the wrong: a measure may follow."""

SENTENCES = {
    Verdict.SUBLET_PROVEN: Sentence("转租转借已证实", "sublet, proven"),
    Verdict.UNDECLARED_USE: Sentence("仅属未报备使用", "undeclared use only"),
    Verdict.PAPER_MISSING: Sentence("缺少授权材料", "a paper is missing"),
    Verdict.ACCOUNT_STOLEN: Sentence("账号被盗用", "the account was stolen"),
    Verdict.REROUTED: Sentence("故障期间改路由", "rerouted in an outage"),
    Verdict.FORGED_SENDER: Sentence("冒用发送方", "the sender was forged"),
    Verdict.REGISTRY_ERROR: Sentence("登记库有误", "an error of the registry"),
    Verdict.GATEWAY_ERROR: Sentence("网关记录有误", "an error of the gateway"),
    Verdict.INSUFFICIENT: Sentence("证据不足", "not enough evidence"),
}
