"""The page of a run's report. Pure: values in, pieces of HTML out, everything from outside escaped."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from registry.kernel import clock
from registry.kernel.due import last_day
from registry.kernel.sentence import Sentence
from registry.lookback import sentences
from registry.lookback.kinds import Outcome
from registry.lookback.policy import outcome_of

STYLE = """
:root{color-scheme:light dark}
body{font:15px/1.55 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif}
body{margin:2rem auto;max-width:72rem;padding:0 1rem}
h1{font-size:1.6rem;margin-bottom:.2rem}h2{font-size:1.15rem;margin-top:2rem}.muted{opacity:.7}
.tiles{display:flex;flex-wrap:wrap;gap:.6rem;padding:0;list-style:none}
.tiles li{border:1px solid #8886;border-left:.4rem solid #888;border-radius:.3rem;padding:.5rem .9rem;min-width:6.5rem}
.tiles b{display:block;font-size:1.5rem}
.passed{border-left-color:#2a8a4a!important}.failed{border-left-color:#c0392b!important}
.needs_answer,.unreachable{border-left-color:#d68910!important}.excepted{border-left-color:#2471a3!important}
table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #8884;padding:.35rem .5rem;text-align:left;
vertical-align:top}th{white-space:nowrap}td ul{margin:0;padding-left:1.1rem}code{font-size:.9em;opacity:.75}
.state{border-left:.4rem solid #888;white-space:nowrap}@media print{body{margin:0;max-width:none}}
""".replace("\n", "")

_TITLE = Sentence("回头看报告", "Look-back report")
_WORDS = {
    "plan": Sentence("计划", "Plan"),
    "run": Sentence("批次", "Run"),
    "clock": Sentence("核验时点", "Judged at"),
    "period": Sentence("话单期间", "Records of"),
    "no_period": Sentence("未查看话单", "no records were looked at"),
    "cohort": Sentence("对象范围", "Cohort"),
    "sample": Sentence("抽样", "Sample"),
    "all": Sentence("全部", "all"),
    "facts": Sentence("话单文件", "Fact files"),
    "ended": Sentence("结束", "Ended"),
    "running": Sentence("尚在进行", "under way"),
    "total": Sentence("合计", "total"),
    "outcomes": Sentence("结果", "Outcomes"),
    "only": Sentence(
        "只有“通过”才算已核验；答复已到、尚未裁定的计入“待答复”。",
        "Only what passed counts as verified; an answer that is still to be judged counts as needing one.",
    ),
    "unjudged": Sentence("未能判断的部分", "What was not judged"),
    "nothing_unjudged": Sentence("没有。", "Nothing."),
    "rules": Sentence("检测规则计数（条）", "What the rules counted (messages)"),
    "rule": Sentence("规则", "Rule"),
    "applied": Sentence("适用", "applied"),
    "hit": Sentence("命中", "hit"),
    "clear": Sentence("未命中", "clear"),
    "not_judged": Sentence("未判断", "not judged"),
    "broke": Sentence("未能完成", "broke off"),
    "items": Sentence("对象", "Items"),
    "outcome": Sentence("结果", "Outcome"),
    "subject": Sentence("登记", "Entry"),
    "answers": Sentence("责任企业", "Answers for it"),
    "why": Sentence("理由", "Reasons"),
    "fix": Sentence("处理", "Fix"),
    "due": Sentence("答复期限", "answer due"),
    "overdue": Sentence("已逾期", "overdue"),
    "until": Sentence("例外至", "excepted until"),
    "days": Sentence("没有话单的日期", "Days without records"),
}


def page(run: Any, totals: dict[str, int], items: Iterable[Any], language: str) -> Iterator[str]:
    """The page in pieces: head, figures, what was not judged, then item by item."""

    def say(name: str) -> str:
        return escape(_WORDS[name].said(language))

    title = escape(f"{_TITLE.said(language)} {run.plan_name}")
    lang = "zh-CN" if language.startswith("zh") else "en"
    yield f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width,initial-scale=1">'
    yield f"<title>{title}</title><style>{STYLE}</style></head><body><h1>{title}</h1>\n"
    yield _about(run, say, language)
    yield f"<h2>{say('outcomes')}</h2>{_tiles(totals, say('total'), language)}<p class=muted>{say('only')}</p>\n"
    yield f"<h2>{say('unjudged')}</h2>{_unjudged(run, say)}\n{_rules(run, say)}<h2>{say('items')}</h2>"
    heads = "".join(f"<th scope=col>{say(name)}</th>" for name in ("outcome", "subject", "answers", "why"))
    yield f"<table><thead><tr>{heads}</tr></thead><tbody>\n"
    for item in items:
        yield _item(item, say, language)
    yield "</tbody></table></body></html>\n"


def _about(run: Any, say: Any, language: str) -> str:
    plan = run.plan_row
    period = f"{run.from_day} – {run.to_day}" if run.from_day else _WORDS["no_period"].said(language)
    sample = f"{plan.sample} / {run.population} (seed {run.seed})" if plan.sample else _WORDS["all"].said(language)
    told = {
        "plan": f"{plan.name} ({plan.key})",
        "run": run.key,
        "clock": clock.write_moment(run.clock),
        "period": period,
        "cohort": f"{sentences.COHORTS[plan.cohort].said(language)} {plan.value}",
        "sample": sample,
        "facts": len(run.facts),
        "ended": clock.write_moment(run.ended_at) or _WORDS["running"].said(language),
    }
    rows = "".join(
        f"<tr><th scope=row>{say(name)}</th><td>{escape(str(text))}</td></tr>" for name, text in told.items()
    )
    return f"<table>{rows}</table>\n"


def _tiles(totals: dict[str, int], total: str, language: str) -> str:
    named = {each.value: sentences.OUTCOMES[each].said(language) for each in Outcome}
    named |= {"waiting": sentences.WAITING.said(language)}
    tiles = [f"<li class={name}><b>{totals[name]}</b>{escape(words)}</li>" for name, words in named.items()]
    return f"<ul class=tiles><li><b>{totals['items']}</b>{total}</li>{''.join(tiles)}</ul>"


def _unjudged(run: Any, say: Any) -> str:
    lines = [f"{say('days')}: {escape('、'.join(run.lacking))}"] if run.lacking else []
    lines += [f"{escape(each['rule'])}: {say('broke')}" for each in run.counts if each["failed"]]
    by_place: dict[tuple[str, str], int] = {}
    for each in run.counts:
        for lack in each["not_judged"]:
            by_place[lack["gateway"], lack["column"]] = lack["messages"]
    lines += [f"{escape(one)}: {escape(other)} ({messages})" for (one, other), messages in sorted(by_place.items())]
    return f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>" if lines else f"<p>{say('nothing_unjudged')}</p>"


def _rules(run: Any, say: Any) -> str:
    if not run.counts:
        return ""
    heads = "".join(f"<th scope=col>{say(name)}</th>" for name in ("rule", "applied", "hit", "clear", "not_judged"))
    rows = "".join(
        f"<tr><td>{escape(each['rule'])}</td><td>{each['applied']}</td><td>{each['hit']}</td><td>{each['clear']}</td>"
        f"<td>{sum(lack['messages'] for lack in each['not_judged'])}</td></tr>"
        for each in run.counts
    )
    return f"<h2>{say('rules')}</h2><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>\n"


def _item(item: Any, say: Any, language: str) -> str:
    outcome = outcome_of(item.state)
    named = sentences.OUTCOMES[outcome] if outcome else sentences.WAITING
    kind = escape(sentences.SUBJECTS[item.subject_kind].said(language))
    reasons = "".join(_reason(each, say, language) for each in item.reasons)
    return (
        f"<tr><td class='state {outcome or 'waiting'}'>{escape(named.said(language))}{_dates(item, say)}</td>"
        f"<td>{kind} {escape(item.label)}<br><code>{escape(item.key)}</code></td>"
        f"<td>{escape(item.enterprise)}</td><td><ul>{reasons}</ul></td></tr>\n"
    )


def _reason(each: dict[str, Any], say: Any, language: str) -> str:
    tongue = "zh" if language.startswith("zh") else "en"
    fix = f" <span class=muted>{say('fix')}: {escape(each[f'fix_{tongue}'])}</span>" if each[f"fix_{tongue}"] else ""
    return f"<li><code>{escape(each['code'])}</code> {escape(each[tongue])}{fix}</li>"


def _dates(item: Any, say: Any) -> str:
    if item.overdue:
        return f"<br><small>{say('overdue')}</small>"
    if outcome_of(item.state) is Outcome.NEEDS_ANSWER and item.due_at:
        return f"<br><small>{say('due')} {last_day(item.due_at)}</small>"
    if outcome_of(item.state) is Outcome.EXCEPTED and item.excepted_until:
        return f"<br><small>{say('until')} {clock.write_moment(item.excepted_until)}</small>"
    return ""
