"""The page in front of a pack: both languages in one file that needs nothing beside it. Pure; everything is escaped."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from registry.asks.workflow import SENTENCES as STATES
from registry.cases import drawing
from registry.cases.masking import masked
from registry.cases.pack.attached import NO_PAPER
from registry.cases.queries import Told
from registry.detection.proof import SENTENCES as ELEMENTS
from registry.detection.proof import Stance
from registry.detection.scoring import CAP
from registry.detection.verdicts import SENTENCES as VERDICTS
from registry.kernel.due import last_day
from registry.kernel.sentence import Sentence

LANGUAGES = {"zh_CN": "zh-CN", "en": "en"}
SHORT = 8  # letters that stay in one line
MOST_SAMPLES = 20  # on the page; the table has all
STYLE = """
body{font:15px/1.6 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#1b2a3a;background:#fff}
body{margin:2rem auto;max-width:62rem;padding:0 1rem;overflow-wrap:anywhere}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:1.8rem}
section[lang]+section[lang]{border-top:3px double #b9c4cf;margin-top:3rem;padding-top:1rem}
svg{max-width:100%;height:auto}
table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #dde3ea;padding:.3rem .5rem;text-align:left;
vertical-align:top;overflow-wrap:anywhere}th{color:#5d6b7a;font-size:.87em}td.short,td>span{white-space:nowrap}.quiet{color:#5d6b7a;font-size:.9em}code{font-size:.88em}
nav a{margin-right:1rem}
.for{color:#17703c}.against{color:#a3202b}.open{color:#8a5200}@media print{body{margin:0;max-width:none}}
""".replace("\n", "")
W = {
    "title": Sentence("证据包", "Evidence pack"),
    "case": Sentence("案件", "Case"),
    "holder": Sentence("责任企业", "Who answers for it"),
    "ports": Sentence("端口", "Ports"),
    "signatures": Sentence("签名", "Signatures"),
    "days": Sentence("日期", "Days"),
    "messages": Sentence("短信条数", "Messages"),
    "verdict": Sentence("结论", "Verdict"),
    "no_verdict": Sentence("尚无结论", "none yet"),
    "chain": Sentence("谁让谁发送", "Who let whom send"),
    "time": Sentence("自何时起、数量多少", "Since when, how much"),
    "score": Sentence("得分", "Score"),
    "cap": Sentence("最高{most}分", "at most {most}"),
    "sum": Sentence("合计", "sum"),
    "proof": Sentence("证明要素", "Elements of proof"),
    "missing": Sentence("缺失", "missing"),
    "for": Sentence("已证明", "shown"),
    "against": Sentence("有反证", "contradicted"),
    "findings": Sentence("疑似问题", "Findings"),
    "originals": Sentence("要求提供的原件", "Originals asked for"),
    "letters": Sentence("委托书", "Letters of authorisation"),
    "samples": Sentence("样本（个人信息已遮盖）", "Samples (personal values masked)"),
    "files": Sentence("包内文件", "Files"),
    "verify": Sentence(
        "验证：解压后运行 python3 verify.py；逐一核对清单中的哈希与审计事件，无需数据库。",
        "To verify: unpack and run python3 verify.py. It checks every hash of the manifest and every audit event, "
        "without the registry.",
    ),
    "key": Sentence("编号", "Key"),
    "rule": Sentence("规则", "Rule"),
    "what": Sentence("内容", "What"),
    "shows": Sentence("用于证明", "Is to show"),
    "state": Sentence("状态", "State"),
    "due": Sentence("期限", "Due"),
    "between": Sentence("所有人→受托人", "Owner → applicant"),
    "papers": Sentence("材料哈希（SHA-256）", "Papers (SHA-256)"),
    "nothing": Sentence("无", "none"),
    "trace": Sentence("来源文件 {file} 第 {line} 行", "file {file}, row {line}"),
}
FILES = {
    "case.json": Sentence("案件、得分、要素、原件、经过", "the case, its score, proof, originals, steps"),
    "evidence.csv": Sentence("各疑似问题按日的证据", "what each finding rests on, by day"),
    "facts.csv": Sentence("相关端口与签名的使用量", "usage facts of its numbers and signatures"),
    "samples.csv": Sentence("样本，可追溯至文件与行", "samples, traced to file and row"),
    "sources.csv": Sentence("事实文件与网关来源文件及其哈希", "fact files and deliveries, with hashes"),
    "registered.json": Sentence("检测时所知的登记内容", "what was registered, as known at the run"),
    "letters.csv": Sentence("委托书及材料哈希", "letters, with the hashes of their papers"),
    "rules.json": Sentence("规则、版本与参数", "rules, their versions and parameters"),
    "runs.json": Sentence("检测批次", "the runs of the rules"),
    "audit.json": Sentence("审计事件、哈希与检查点", "audit events, hashes and checkpoint"),
    "verify.py": Sentence("验证程序", "the program that verifies"),
}


Rows = Sequence[Mapping[str, Any]]


def page(told: Told, samples: Rows, letters: Rows) -> str:
    """The whole page."""
    head = f"<title>{escape(told.case.key)}</title><style>{STYLE}</style>"
    ways = "<nav><a href='#zh-CN'>中文</a><a href='#en'>English</a></nav>"
    parts = "".join(
        f"<section lang='{tag}' id='{tag}'>{''.join(_part(told, samples, letters, name))}</section>"
        for name, tag in LANGUAGES.items()
    )
    return (
        "<!doctype html><html lang='zh-CN'><head><meta charset='utf-8'>"
        f"<meta name='viewport' content='width=device-width,initial-scale=1'>{head}</head>"
        f"<body>{ways}{parts}</body></html>\n"
    )


def _part(told: Told, samples: Rows, letters: Rows, language: str) -> Iterator[str]:
    case = told.case
    yield f"<h1>{_say('title', language)} <code>{escape(case.key)}</code></h1>"
    yield _about(told, language)
    yield f"<h2>{_say('chain', language)}</h2>{drawing.chain(told.story, language)}"
    yield f"<h2>{_say('time', language)}</h2>{drawing.time_line(told.story, language)}"
    yield f"<h2>{_say('score', language)}</h2>{_table(_terms(told, language))}"
    yield f"<h2>{_say('proof', language)}</h2>{_proof(told, language)}"
    tables = {
        "findings": (("key", "rule", "what", "messages", "days"), _findings(told, language)),
        "originals": (("key", "what", "shows", "state", "due", "papers"), _asks(told, language)),
        "letters": (("key", "between", "signatures", "days", "papers"), _letters(told, letters, language)),
    }
    for name, (columns, rows) in tables.items():
        head = [W[each].said(language) for each in columns]
        yield f"<h2>{_say(name, language)}</h2>{_table(rows, head) or _say('nothing', language)}"
    yield f"<h2>{_say('samples', language)}</h2>{''.join(_sample(each, language) for each in samples[:MOST_SAMPLES])}"
    listed = [(f"<a href='{name}'>{name}</a>", escape(about.said(language))) for name, about in FILES.items()]
    yield f"<h2>{_say('files', language)}</h2>{_table(listed, plain=False)}<p>{_say('verify', language)}</p>"


def _terms(told: Told, language: str) -> Iterator[tuple[str, int]]:
    for each in told.case.terms:
        yield (
            W["cap"].about(most=each["weight"]).said(language) if each["name"] == CAP else each["name"],
            each["points"],
        )
    yield W["sum"].said(language), told.case.score


def _about(told: Told, language: str) -> str:
    case = told.case
    verdict = VERDICTS[case.verdict].said(language) if case.verdict else W["no_verdict"].said(language)
    rows = {
        "holder": f"{told.registered.name(case.enterprise)} ({case.enterprise})",
        "ports": ", ".join(case.ports),
        "signatures": "".join(f"【{each}】" for each in case.signatures),
        "days": f"{case.first_day} – {case.last_day}",
        "messages": f"{told.story.messages:,}",
        "verdict": verdict,
    }
    return _table([(W[name].said(language), text) for name, text in rows.items()])


def _proof(told: Told, language: str) -> str:
    rows = []
    for each in told.standings.values():
        word = {Stance.FOR: "for", Stance.AGAINST: "against", None: "missing"}[each.stance]
        mark = f"<span class='{each.stance or 'open'}'>{_say(word, language)}</span>"
        why = "<br>".join(escape(sentence.said(language)) for sentence in each.why)
        rows.append((escape(ELEMENTS[each.element].said(language)), mark, why))
    return _table(rows, plain=False)


def _findings(told: Told, language: str) -> Iterator[tuple[str, ...]]:
    for each in told.case.findings:
        summary = each.summary_zh if language.startswith("zh") else each.summary_en
        yield each.key, each.rule, summary, f"{each.messages:,}", f"{each.first_day} – {each.last_day}"


def _asks(told: Told, language: str) -> Iterator[tuple[str, ...]]:
    for each in told.asks:
        yield (
            each.key,
            masked(each.what),
            ELEMENTS[each.element].said(language),
            STATES[each.state].said(language),
            str(last_day(each.due_at)),
            " ".join(each.hashes),
        )


def _letters(told: Told, letters: Rows, language: str) -> Iterator[tuple[str, ...]]:
    for each in letters:
        who = f"{told.registered.name(each['owner'])} → {told.registered.name(each['applicant'])}"
        signs = "".join(f"【{text}】" for text in each["signatures"])
        until = str(last_day(dt.datetime.fromisoformat(each["valid_until"]))) if each["valid_until"] else ""
        span = f"{each['valid_from'][:10]} – {until}"
        yield each["letter"], who, signs, span, " ".join(each["sha256"]) or NO_PAPER.said(language)


def _sample(each: Mapping[str, Any], language: str) -> str:
    trace = W["trace"].about(file=each["file"], line=each["line"]).said(language)
    head = f"{each['submitted_at']} · {each['port']} · {trace}"
    return f"<p>{escape(str(each['content']))}<br><span class='quiet'>{escape(head)}</span></p>"


def _table(rows: Iterable[tuple[Any, ...]], head: Iterable[str] = (), *, plain: bool = True) -> str:
    written = ["".join(_cell(cell) if plain else f"<td>{cell}</td>" for cell in row) for row in rows]
    names = "".join(f"<th>{escape(name)}</th>" for name in head)
    top = f"<tr>{names}</tr>" if names else ""
    return f"<table>{top}{''.join(f'<tr>{row}</tr>' for row in written)}</table>" if written else ""


def _cell(cell: Any) -> str:
    text = str(cell)
    return f"<td{' class=short' if len(text) <= SHORT else ''}>{escape(text)}</td>"


def _say(name: str, language: str) -> str:
    return escape(W[name].said(language))
