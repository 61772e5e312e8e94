"""What the clauses that evidence names say: which condition the messages broke. Rules write codes."""

from registry.kernel.sentence import Sentence
from registry.permits.scope import REASONS

SENTENCES = {code: reason.sentence for code, reason in REASONS.items()} | {
    "ACCOUNT_SUSPENDED": Sentence("由被暂停的账号提交", "handed in by a suspended account"),
    "AGENT_OUTSIDE_CHAIN": Sentence("代理不在授权链内", "an agent outside the chain"),
    "BROKERED": Sentence("经同一中介转卖", "let through one broker"),
    "BROKERED_BY_ACCOUNT": Sentence("经同一中介的账号转卖", "let through one broker's account"),
    "BROKERED_BY_HANDLER": Sentence("经同一经办人转卖", "let through one broker's handler"),
    "BY_STRANGE_ACCOUNT": Sentence("由陌生账号提交", "handed in by a strange account"),
    "COMPLAINTS_SURGE": Sentence("投诉激增", "complaints surged"),
    "COMPLAINTS_TO_SHUT": Sentence("投诉率超过关停标准", "complaints above the rate at which a sender is shut"),
    "COMPLAINTS_TO_SUSPEND": Sentence("投诉率超过暂停标准", "complaints above the rate at which a sender is suspended"),
    "COMPLAINT_RATE": Sentence("投诉率过高", "too many complaints"),
    "EXTENSIONS_UNDECLARED": Sentence("子端口超出报备", "more extensions than declared"),
    "EXTENSION_NOT_ALLOTTED": Sentence("子端口未经分配", "nobody allotted the extension"),
    "HANDLER_SHARED": Sentence("多家企业同一经办人", "one handler for several companies"),
    "HOP_ENDED": Sentence("授权关系已终止", "the hop has ended"),
    "HOP_MISSING": Sentence("授权链缺一环", "a hop of the chain is missing"),
    "LETTER_DENIED": Sentence("所有人否认委托书", "the owner denies the letter"),
    "LETTER_ENDED": Sentence("委托书已到期", "the letter has ended"),
    "LETTER_UNCONFIRMED": Sentence("委托书未经确认", "a letter that nobody confirmed"),
    "LETTER_OF_SOMEBODY_ELSE": Sentence("委托书属于他人", "the letter is somebody else's"),
    "LETTER_TO_SOMEBODY_ELSE": Sentence("委托书是给他人的", "a letter given to somebody else"),
    "LOOKS_LIKE_PROTECTED": Sentence("近似受保护名称", "looks like a protected name"),
    "MARKETING_ROSE": Sentence("营销占比上升", "the share of marketing rose"),
    "NAME_IN_OTHER_SCRIPT": Sentence("名称改用另一种字体书写", "the name is written in another script"),
    "NAME_MISSPELT": Sentence("名称写错", "the name is misspelt"),
    "NAME_OF_AUTHORITY": Sentence("使用了机关名称", "an authority's name"),
    "NO_BENEFICIARY": Sentence("实际使用人未报备", "nobody declared who really uses it"),
    "NO_OPT_OUT": Sentence("营销短信无退订方式", "marketing without an opt-out"),
    "NUMBER_SHARED": Sentence("同一号码上出现多个签名", "several signatures on one number"),
    "OTHERS_CONTENT": Sentence("出现他人的内容", "somebody else's content"),
    "PORT_NOT_IN_PLAN": Sentence("号段未在规划中开放", "a range that the numbering plan does not open"),
    "PORT_NOT_REGISTERED": Sentence("端口未登记", "the port is not registered"),
    "PROTECTED_NAME": Sentence("使用了受保护名称", "a protected name"),
    "RANGE_SHARED": Sentence("同一号段由多个签名共用", "several signatures on one range"),
    "RECIPIENTS_MOVED": Sentence("接收省份分布变化", "recipients have moved to other provinces"),
    "SEVERAL_OWNERS": Sentence("出现多家主体的签名", "signatures of several owners"),
    "SIGNATURES_ROTATE": Sentence("签名频繁轮换", "one-off signatures in rotation"),
    "SIGNATURE_GREW": Sentence("签名由已许可的签名扩展而来", "the signature has grown"),
    "OWN_NUMBER_OF_ANOTHER": Sentence("他人自用端口", "another's own number"),
    "SIGNATURE_NOT_LISTED": Sentence("委托书未列该签名", "the letter does not list the signature"),
    "SIGNATURE_NOT_REGISTERED": Sentence("签名未登记", "the signature is not registered"),
    "SIGNATURE_WOKE": Sentence("签名在该端口长期静默后突然大量发送", "the signature slept there for long and woke"),
    "STRANGE_CONTENT": Sentence("出现未报备的内容", "content that nobody declared"),
    "SUBMITTER_OUTSIDE_CHAIN": Sentence("提交账号不在授权链内", "the submitting account is outside the chain"),
    "SUBMITTER_UNKNOWN": Sentence("提交账号未登记", "the submitting account is not registered"),
    "UNDECLARED_CONTENT": Sentence("出现未报备的内容", "content that nobody declared"),
    "UNDECLARED_TENANT": Sentence(
        "签名所属主体未在该端口报备", "whose signature it is was never declared on this port"
    ),
    "UNKNOWN_AMONG_OTHERS": Sentence(
        "无人登记的签名长期使用他人获许可的号码", "an unknown name that stays on numbers permitted to others"
    ),
    "UNKNOWN_IN_RANGE": Sentence(
        "无许可的号码上出现多个无人登记的签名", "several unknown names on numbers without a permit"
    ),
    "UNKNOWN_ON_NUMBER": Sentence("同一号码上持续出现多个无人登记的签名", "several unknown names stay on the number"),
    "VOLUME_ROSE": Sentence("发送量上升", "the volume rose"),
    "WOKE_WITH_A_BURST": Sentence("长期静默后突然大量发送", "it slept for long and woke with a burst"),
}
"""By their codes; those of the scope rules say what the scope rules say."""


def sentence(code: str) -> Sentence:
    """What a clause says; one that no rule writes any more stands as it was written."""
    return SENTENCES.get(code) or Sentence(code, code)
