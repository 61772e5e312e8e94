"""What a reviewer says no with: coded reasons by field, each with what mends it, in both languages.

Numbers stand in blocks by what they are about (1xx enterprise, 2xx port, 3xx signature, 4xx permit, 5xx content) and
are never reused. What a check or the policy over signatures can say has its own code; these are what only people see.
"""

from registry.kernel.sentence import Reason, Sentence
from registry.signatures import policy


def _reason(number: int, code: str, sentence: tuple[str, str], fix: tuple[str, str]) -> Reason:
    return Reason(code, number, Sentence(*sentence), Sentence(*fix))


_OWN = (
    _reason(
        121,
        "LICENCE_UNREADABLE",
        ("营业执照或许可证图片不清晰", "the picture of the licence cannot be read"),
        ("重新扫描并上传清晰的图片", "scan it again and upload a clear picture"),
    ),
    _reason(
        122,
        "NAME_DIFFERS",
        ("企业名称与材料不一致", "the enterprise's name is not the one on the papers"),
        ("按材料更正名称，或上传本企业的材料", "correct the name, or upload this enterprise's papers"),
    ),
    _reason(
        123,
        "CODE_DIFFERS",
        ("统一社会信用代码与材料不一致", "the code is not the one on the papers"),
        ("按营业执照更正代码", "correct the code as the licence has it"),
    ),
    _reason(
        124,
        "LICENCE_TOO_NARROW",
        ("许可证业务范围不包含所申请的业务", "the licence does not cover what is asked for"),
        ("变更许可证后再申请", "have the licence extended, then file again"),
    ),
    _reason(
        125,
        "HANDLER_OF_ANOTHER",
        ("经办人已为其他企业办理", "the handler acts for another enterprise"),
        ("更换为本企业的经办人", "name a handler of your own enterprise"),
    ),
    _reason(
        126,
        "PAPER_MISSING",
        ("缺少必要材料", "a paper that is needed is missing"),
        ("补充上传该材料", "upload it and hand the filing in again"),
    ),
    _reason(
        221,
        "ASSIGNMENT_NOT_PROVEN",
        ("未证明号码由主管部门分配", "it is not proven that the authority assigned the number"),
        ("上传码号使用证书", "upload the certificate of assignment"),
    ),
    _reason(
        222,
        "PURPOSE_UNCLEAR",
        ("端口用途说明不清", "what the port is for is not clear"),
        ("补充说明业务、用户和流量", "say what is sent, to whom, how much"),
    ),
    _reason(
        223,
        "CHAIN_NOT_PROVEN",
        ("授权链关系未得到证明", "the relation between the two is not proven"),
        ("上传双方合同或委托书", "upload the contract or letter between them"),
    ),
    _reason(
        224,
        "SUBLET_SUSPECTED",
        ("疑似转租端口", "the port seems to be sublet"),
        ("由实际使用人以自己的名义报备", "let the one who really sends file in its own name"),
    ),
    _reason(
        331,
        "LETTER_NOT_SEALED",
        ("委托书未签字或未盖章", "the letter is not signed or sealed"),
        ("上传签字盖章的委托书", "upload the signed and sealed letter"),
    ),
    _reason(
        332,
        "LETTER_DIFFERS",
        ("委托书内容与填写内容不一致", "the letter says something else than the fields"),
        ("按委托书更正，或重新出具委托书", "correct the fields, or have the letter written anew"),
    ),
    _reason(
        333,
        "OWNER_UNREACHABLE",
        ("无法联系签名所有人核实", "the owner of the signature cannot be reached"),
        ("提供所有人的联系方式，或请其在系统中确认", "give its contact, or have it confirm here"),
    ),
    _reason(
        334,
        "TRADEMARK_OF_ANOTHER",
        ("商标不存在或属于他人", "the trademark does not exist or is another's"),
        ("上传商标注册证和许可材料", "upload the certificate and the owner's consent"),
    ),
    _reason(
        335,
        "LOOKS_LIKE_ANOTHER",
        ("签名容易与他人混淆", "the signature is easily taken for another one"),
        ("换一个能区分的签名", "choose one that tells you apart"),
    ),
    _reason(
        421,
        "SCOPE_NOT_EXPLAINED",
        ("申请的范围超出业务需要", "the scope is wider than the business explains"),
        ("缩小范围或说明理由", "ask for less, or explain it"),
    ),
    _reason(
        422,
        "CONSENT_NOT_PROVEN",
        ("未证明已取得用户同意", "consent of the recipients is not proven"),
        ("说明同意的取得方式并上传样例", "say how it is got and upload an example"),
    ),
    _reason(
        423,
        "LINK_OF_ANOTHER",
        ("链接或电话不属于使用人", "a link or number is not the user's own"),
        ("改为本企业的链接和电话", "give links and numbers of your own"),
    ),
    _reason(
        521,
        "CATEGORY_WRONG",
        ("短信内容与申报类别不符", "what is sent is not of the category declared"),
        ("更正类别或内容", "correct the category or the texts"),
    ),
    _reason(
        522,
        "CONTENT_UNLAWFUL",
        ("内容不得发送", "such content may not be sent"),
        ("不予办理", "it cannot be mended"),
    ),
    _reason(
        523,
        "OTHER",
        ("其他原因，见说明", "another reason: see the words beside it"),
        ("按说明修改", "mend it as the words say"),
    ),
)

REASONS: tuple[Reason, ...] = tuple(sorted((*_OWN, *policy.REASONS), key=lambda reason: reason.number))
BY_CODE: dict[str, Reason] = {reason.code: reason for reason in REASONS}
