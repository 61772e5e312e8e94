"""What permits of the same business allow a month: counted once a day, for a check that is asked thousands of times."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from registry.enterprises.model import Enterprise
from registry.kernel import clock
from registry.law import provisions
from registry.law.industries import SECTIONS
from registry.permits.model import Permit, VolumePeers
from registry.store import db, unit_of_work
from registry.store.periods import in_force


def count_peers() -> int:
    """Count the permits of every section and category anew, in place of yesterday's. Answers how many pairs there are.

    `most` is the volume that the share of `permits.volume.peers.share` stays within.
    """
    now = clock.now()
    share = provisions.integer("permits.volume.peers.share", now) / 100
    each = sa.func.unnest(Permit.categories).table_valued("category").render_derived()
    most = sa.func.percentile_disc(share).within_group(Permit.monthly_volume)
    query = (
        sa.select(
            _section(Enterprise.industry).label("section"), each.c.category, sa.func.count(), most, sa.literal(now)
        )
        .select_from(Permit)
        .join(Enterprise, Enterprise.code == Permit.owner)
        .join(each, sa.true())
        .where(in_force(Permit, now), Permit.monthly_volume.is_not(None))
        .group_by(sa.text("1, 2"))
    )
    with unit_of_work() as session:
        session.execute(sa.delete(VolumePeers))
        names = ["section", "category", "permits", "most", "counted_at"]
        done: Any = session.execute(sa.insert(VolumePeers).from_select(names, query))
    return int(done.rowcount)


def peers_of(owner: str, categories: Iterable[str]) -> list[VolumePeers]:
    """What was counted for the section of an owner's industry and these categories."""
    section = sa.select(_section(Enterprise.industry)).where(Enterprise.code == owner).scalar_subquery()
    query = sa.select(VolumePeers).where(VolumePeers.section == section, VolumePeers.category.in_(list(categories)))
    return list(db.session.scalars(query.order_by(VolumePeers.category)))


def _section(industry: Any) -> Any:
    """The letter of the section in which an industry code stands, as SQL; empty where it names none."""
    division = sa.cast(sa.func.substring(industry, "[0-9]{2}"), sa.Integer)
    of_division = [(division.between(each.first, each.last), each.letter) for each in SECTIONS.values()]
    return sa.case(*of_division, else_=sa.func.coalesce(sa.func.substring(industry, "^[A-T]"), ""))
