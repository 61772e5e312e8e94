"""A small bundle in which every file and every column says something, in the order in which an export writes it."""

import csv
from pathlib import Path
from typing import Any

CARRIER, COMPANY, BRAND, SHOP = (
    "91110000MA0000001L",
    "91440300MA0000002P",
    "91310000MA00000038",
    "91330000MA0000004K",
)
FOREIGN = "REG-US:DE-4711"

_SCOPE, _PERIOD = "provinces,hours,monthly_volume,links,contacts", "valid_from,valid_until"
_WIDE, _TWO_YEARS = "08:00-20:00,5000,jx.cn|jx.com/a,400-700-1234", "2022-03-01,2024-03-01"

Bundle = dict[str, list[dict[str, str]]]

_TABLES: dict[str, tuple[str, list[str]]] = {
    "enterprises": (
        "enterprise,name,roles,legal_form,industry,province,handler,licence,licence_until",
        [
            f"{CARRIER},华讯移动,carrier,company,I63,11,H1,A1,2030-01-01",
            f"{BRAND},锦象网络科技,end_user|platform,company,I65,31,H3,,",
            f"{SHOP},杭州晟芽,end_user,trader,F52,33,H4,,",
            f"{COMPANY},联域短信,sms_service_company|agent,company,I65,44,H2,B2-7,2027-05-01T08:30:00+08:00",
            f'{FOREIGN},"Acme, ""Inc""",end_user,foreign,,,,,',
        ],
    ),
    "names": (
        "enterprise,name,valid_from,valid_until",
        [f"{BRAND},锦象贸易,2019-01-01,2022-03-01", f"{BRAND},锦象科贸,2018-01-01,2019-01-01"],
    ),
    "relations": (
        "from_enterprise,to_enterprise,kind,valid_from,valid_until",
        [f"{BRAND},{SHOP},parent,2021-01-01,", f"{SHOP},{BRAND},branch,2021-01-01,2024-01-01"],
    ),
    "submitters": (
        "gateway,submitter,enterprise,valid_from,valid_until",
        [f",900001,{COMPANY},2023-01-01,", f"gw-1,900001,{BRAND},2023-01-01T12:00:00.250000+08:00,"],
    ),
    "ports": (
        "port,holder,use,signing,max_length,provinces,office,standing,valid_from,valid_until",
        [
            f"10690001,{COMPANY},service,shared,20,,44,verified,2022-01-01,",
            f"1069000112,{COMPANY},service,single,14,44|31,44,provisional,2022-02-01,2024-01-01",
            f"1069000112,{COMPANY},own,single,14,,44,inherited,2024-01-01,",
        ],
    ),
    "delegations": (
        "port,from_enterprise,to_enterprise,role,letter,standing,valid_from,valid_until",
        [
            f"1069000112,{COMPANY},{BRAND},end_user,L1,verified,2022-02-01,",
            f"1069000113,{COMPANY},{SHOP},agent,,inherited,2022-02-01,2025-01-01",
        ],
    ),
    "signatures": (
        "signature,owner,source,protected,standing,valid_from,valid_until",
        [
            f"锦象,{BRAND},trademark,1,verified,2022-01-01,",
            f"锦象,{SHOP},short_name,0,inherited,2022-01-01,",
        ],
    ),
    "letters": (
        "letter,owner,applicant,signatures,confirmation,confirmed_at,valid_from,valid_until",
        [
            f"L1,{BRAND},{COMPANY},锦象|锦象科技,confirmed,2022-02-02,2022-01-01,2027-01-01",
            f"L2,{SHOP},{BRAND},锦象,denied,,2022-01-01,",
        ],
    ),
    "permits": (
        f"permit,signature,owner,port,user,categories,{_SCOPE},letter,on_behalf,purpose,standby,standing,{_PERIOD}",
        [
            f"P1,锦象,{BRAND},1069000112,{BRAND},notice|marketing,31|44,{_WIDE},L1,merchants,backup,1,verified,{_TWO_YEARS}",
            f"P1,锦象,{BRAND},1069000112,{BRAND},notice,,,,,,,none,normal,0,provisional,2024-03-01,",
            f"P2,锦象,{SHOP},1069000113*,{SHOP},verification,,,0,,,L2,none,test,0,inherited,2022-03-01,",
        ],
    ),
    "beneficiaries": (
        "permit,beneficiary,name,links,contacts,valid_from,valid_until",
        ["P1,shop-77,巷口小店,xk.cn,13800138000,2022-04-01,", f"P1,{SHOP},杭州晟芽,,,2022-04-01,2023-01-01"],
    ),
    "templates": (
        "template,permit,body,links,contacts,valid_from,valid_until",
        ['T1,P1,"您的{1}已到，\n请于{2}前领取",jx.cn,4007001234,2022-04-01,'],
    ),
    "shared_contacts": (
        "value,kind,owner",
        [f"4008887700,hotline,{CARRIER}", "s1k.cc,short_link,某短链服务"],
    ),
    "measures": (
        "subject_kind,subject,action,limit,state,reason,valid_from,valid_until",
        [
            "permit,P1,limit,categories=notice;monthly_volume=100;hours=08:00-18:00,in_force,投诉率超限,2024-05-01,",
            "prefix,1069000113,suspend,,lifted,转租嫌疑,2023-05-01,2023-06-01",
        ],
    ),
    "complaints": (
        "complaint,received_at,sent_at,port,signature,content,channel,province",
        [
            'C1,2024-06-01T09:30:00+08:00,2024-05-31T22:00:01+08:00,106900011201,锦象,"【锦象】促销, 回T退订",12321,62',
            "C2,2024-06-02,,1069000112,,,hotline,",
        ],
    ),
}


def bundle() -> Bundle:
    """The tables by file name, each a list of rows by column."""
    return {file: list(csv.DictReader(_lines(file))) for file in _TABLES}


def _lines(file: str) -> list[str]:
    header, rows = _TABLES[file]
    return [line for row in (header, *rows) for line in row.splitlines(keepends=True)]


def write(folder: Path, tables: Bundle) -> Path:
    """The folder with these tables as CSV."""
    folder.mkdir(parents=True, exist_ok=True)
    for file, rows in tables.items():
        write_csv(folder / f"{file}.csv", rows)
    return folder


def write_csv(path: Path, rows: list[dict[str, Any]], encoding: str = "utf-8") -> None:
    """One table, as RFC 4180 has it."""
    with path.open("w", encoding=encoding, newline="") as target:
        writer = csv.DictWriter(target, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def texts(folder: Path) -> dict[str, str]:
    """Every file of a folder by name, with its content."""
    return {each.name: each.read_bytes().decode() for each in sorted(folder.iterdir())}
