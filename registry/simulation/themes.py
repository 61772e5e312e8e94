"""The trades of a made world: what a company of each is called, where it stands in GB/T 4754, what it sends."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """A trade: words of company names, industry code, form of law, and how often each category is sent."""

    words: tuple[str, ...]
    industry: str
    weight: float
    categories: dict[str, float]
    legal_form: str = "company"


THEMES: dict[str, Theme] = {
    "retail": Theme(("商贸", "百货", "电子商务"), "F52", 0.22, {"marketing": 0.4, "notice": 0.4, "verification": 0.2}),
    "finance": Theme(
        ("银行", "消费金融", "保险"),
        "J66",
        0.10,
        {"notice": 0.45, "verification": 0.35, "marketing": 0.12, "dunning": 0.08},
    ),
    "internet": Theme(
        ("网络科技", "信息技术", "软件"), "I65", 0.24, {"verification": 0.6, "notice": 0.3, "marketing": 0.1}
    ),
    "logistics": Theme(("物流", "速运", "供应链"), "G60", 0.10, {"notice": 0.85, "verification": 0.15}),
    "health": Theme(("医院管理", "健康管理", "大药房"), "Q84", 0.09, {"notice": 0.8, "marketing": 0.2}),
    "education": Theme(("教育科技", "培训"), "P83", 0.09, {"notice": 0.5, "marketing": 0.5}),
    "catering": Theme(("餐饮管理", "酒店"), "H62", 0.08, {"marketing": 0.6, "notice": 0.4}),
    "property": Theme(("置业", "物业管理"), "K70", 0.08, {"notice": 0.6, "marketing": 0.4}),
}
PUBLIC = Theme(
    ("人民政府", "公安局", "气象局", "社会保险局"), "S92", 0.0, {"public_good": 0.7, "notice": 0.3}, "government"
)
TELECOM = Theme(("通信",), "I63", 0.0, {"notice": 0.8, "marketing": 0.2})
