"""What is said of items for people, in both languages. Pure."""

from typing import Any

from registry.detection.catalogue import Rule
from registry.kernel.sentence import Sentence
from registry.lookback.kinds import Cohort, Outcome, Subject
from registry.texts.category import category_said

OUTCOMES = {
    Outcome.PASSED: Sentence("通过", "passed"),
    Outcome.NEEDS_ANSWER: Sentence("待答复", "needs an answer"),
    Outcome.FAILED: Sentence("未通过", "failed"),
    Outcome.NOT_CHECKABLE: Sentence("无法核验", "not checkable"),
    Outcome.UNREACHABLE: Sentence("联系不上", "unreachable"),
    Outcome.EXCEPTED: Sentence("例外", "excepted"),
}
WAITING = Sentence("尚未处理", "still waiting")
SUBJECTS = {
    Subject.PORT: Sentence("端口", "port"),
    Subject.DELEGATION: Sentence("授权使用", "delegation"),
    Subject.SIGNATURE: Sentence("签名", "signature"),
    Subject.PERMIT: Sentence("许可", "permit"),
    Subject.LETTER: Sentence("授权委托书", "letter of authorisation"),
    Subject.TEMPLATE: Sentence("模板", "template"),
    Subject.ENTERPRISE: Sentence("企业", "enterprise"),
}
COHORTS = {
    Cohort.PORT_PREFIX: Sentence("端口号段", "port prefix"),
    Cohort.HOLDER: Sentence("持有企业", "holder"),
    Cohort.SIGNATURE_SOURCE: Sentence("签名来源", "signature source"),
    Cohort.APPROVED_BEFORE: Sentence("此日期前批准", "approved before"),
    Cohort.STANDING: Sentence("核验状态", "standing"),
    Cohort.FINDINGS: Sentence("疑似问题涉及", "named by findings"),
}
_COLUMNS = {
    "submitter": Sentence("提交账号", "the submitting account"),
    "province": Sentence("省份", "the province"),
    "content": Sentence("短信内容", "the content"),
    "recipient": Sentence("接收号码", "the recipient"),
    "agent": Sentence("代理账号", "the agent's account"),
}


def of_hit(rule: Rule, row: dict[str, Any]) -> Sentence:
    """What a rule says of a row that it hit."""
    sentence: Sentence = rule.module.SUMMARY.about(**row | {"category": category_said(row["category"])})
    return sentence


def without_column(gateway: str, column: str, messages: int) -> Sentence:
    """What could not be judged because a gateway does not deliver a column."""
    named = _COLUMNS[column]
    return Sentence(
        f"网关{gateway}的{messages}条记录未提供{named.zh}，相应规则无法判断",
        f"{messages} messages of gateway {gateway} came without {named.en}: rules that need it could not judge them",
    )


def rule_failed(rule: str) -> Sentence:
    """What a rule that broke off leaves open."""
    return Sentence(f"规则{rule}未能完成，不得视为清白", f"rule {rule} broke off: nothing that it covers is clean")


def days_lacking(days: list[str]) -> Sentence:
    """What is open because there are no records of some days."""
    shown = "、".join(days[:3]) + ("……" if len(days) > 3 else "")  # noqa: PLR2004 - as many as fit a line
    listed = ", ".join(days[:3]) + (" …" if len(days) > 3 else "")  # noqa: PLR2004
    return Sentence(
        f"期间有{len(days)}天没有网关记录（{shown}）", f"there are no gateway records of {len(days)} days ({listed})"
    )


EXCEPTED_BEFORE = Sentence("此前的例外仍在期限内", "an exception made before has not run out")
