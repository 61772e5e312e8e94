"""One delivery through the engine: read, validate, drop doubles, join parts, read the texts, count.

Everything runs in one DuckDB connection with bounded memory; messages go through it in slices, so that only facts,
tags and parts grow with a file.
"""

# ruff: noqa: S608 - the SQL is made of our own fixed names; what comes from outside goes through `quoted`

import math
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from registry.texts.category import Category
from registry.texts.masking import MASK_DIGITS, mask_digits
from registry.texts.naming import NAMES_IN, Names, named_query
from registry.texts.wordings import LONGEST, WORDING, worded_query, wordings_of, wordings_query
from registry.traffic import joining, reading
from registry.traffic.duck import NO_BARS
from registry.traffic.opening import Opened
from registry.traffic.typed import places, quoted, typed

SLICE = 1_000_000  # rows
FEW = 1000  # texts that are read sooner in Python than the engine has planned how to
SMALL = 20_000  # rows that one thread counts at less cost than several
REMEMBERED = 200_000  # wordings
MEMORY = 1000  # megabytes; DuckDB keeps to it, and what is around it needs about as much again
NO_NAMES = Names(())
EXTRAS = ("province", "hour", "contact")
Progress = Callable[[int, int], None]  # rows done, rows in all


@dataclass(slots=True)
class Counts:
    """What became of the rows: read = accepted + rejected; messages are what the facts count."""

    read: int = 0
    rejected: int = 0
    duplicates: int = 0
    waiting: int = 0
    joined: int = 0
    messages: int = 0


@contextmanager
def engine(work: Path, sharing: int = 1, names: Names = NO_NAMES) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that spills into the folder `work` rather than grow.

    sharing: how many share the memory; names: those that are looked for within the texts.
    """
    settings: dict[str, Any] = {
        "memory_limit": f"{MEMORY // sharing}MB",
        "temp_directory": str(work / "spill"),
        "threads": os.cpu_count() or 1,
    }
    with duckdb.connect(config={**settings, "preserve_insertion_order": False}) as connection:
        connection.execute(NO_BARS)
        create: Any = connection.create_function  # its types do not know that a kind may be named
        create(MASK_DIGITS, mask_digits, ["VARCHAR"], "VARCHAR", type="arrow")
        create(NAMES_IN, names.in_each, ["VARCHAR"], "VARCHAR[]", type="arrow")
        connection.register("no_wordings", WORDING.empty_table())
        connection.execute(f"CREATE TABLE wording AS {named_query('no_wordings')}")
        connection.unregister("no_wordings")
        yield connection


class Engine(ExitStack):
    """An engine that is lent to one delivery after the other, which find in it the wordings that were read so far."""

    def __init__(self, work: Path, sharing: int = 1, names: Names = NO_NAMES) -> None:
        super().__init__()
        self._work, self._sharing, self._names = work, sharing, names
        self._idle: duckdb.DuckDBPyConnection | None = None

    @contextmanager
    def lent(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The connection for one delivery. Where the block fails the next one gets another."""
        connection, self._idle = self._idle or self.enter_context(self._engine()), None
        try:
            yield connection
        except BaseException:
            self.close()
            raise
        for kind, name in connection.execute(_LEFT).fetchall():
            connection.execute(f"DROP {kind} {name}")
        self._idle = connection

    def _engine(self) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        return engine(self._work, self._sharing, self._names)


_LEFT = """SELECT 'VIEW', view_name FROM duckdb_views() WHERE NOT internal UNION ALL
    SELECT 'TABLE', table_name FROM duckdb_tables() WHERE table_name <> 'wording'"""


class Refinery:
    """One run over one delivery, or over parts alone."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, *, grace: int, extras: bool = True) -> None:
        self.db, self.counts = connection, Counts()
        self._grace, self._extras = grace, EXTRAS if extras else ()
        self._from_file = self._has_parts = self._has_references = False
        self._origin, self._counted, self._demanding = "", set[str](), set[tuple[str, str]]()
        columns = ", ".join(f"{name} {kind}" for name, kind in joining.PART_COLUMNS.items())
        self.do(f"CREATE TABLE loose ({columns})")
        self.do("CREATE TABLE tag (line BIGINT, day BIGINT, tag UBIGINT)")
        self.do("CREATE TABLE dropped (line BIGINT)")

    def take(self, opened: Opened, *, origin: str, missing: int, default_at: int | None, gateway: str) -> None:
        """Have the rows of a file typed: `given`, a view unless it is small."""
        rows, small = typed(opened.source, opened.types, default_at, gateway), opened.rows < SMALL
        self.do(f"SET threads = {1 if small else os.cpu_count() or 1}")
        given = f"SELECT *, {quoted(origin)} AS origin, {missing} AS missing FROM ({rows})"
        self.do(f"CREATE {'TABLE' if small else 'VIEW'} given AS {given}")
        self.counts.read, self._origin = opened.rows, origin
        self._from_file = True
        self._has_parts = "part_total" in opened.types
        self._has_references = "message_ref" in opened.types

    def drop_doubles(self, key: str, seen: Callable[[list[int]], list[str]]) -> None:
        """Tag what has a reference; a tag that came before, in this file or in one of `seen(days)`, drops its row."""
        if not self._has_references:
            return
        who = "CASE WHEN recipient <> '' THEN recipient ELSE concat_ws(' ', port, at_ms, content, given_signature) END"
        which = "CASE WHEN part_total > 1 THEN part_number ELSE 0 END"
        named = f"concat_ws(chr(31), {quoted(key)}, gateway, message_ref, {which}, {who})"
        tag = f"('0x' || left(sha256({named}), 16))::UBIGINT"
        self.do(
            f"INSERT INTO tag SELECT line, {places()['day']}, {tag} FROM given WHERE fault = '' AND message_ref <> ''"
        )
        self.do(
            "INSERT INTO dropped SELECT line FROM tag JOIN (SELECT tag, min(line) AS first FROM tag GROUP BY tag "
            "HAVING count(*) > 1) USING (tag) WHERE line <> first"
        )
        days = [day for (day,) in self.all("SELECT DISTINCT day FROM tag")]
        if earlier := seen(days):
            listed = ", ".join(map(quoted, earlier))
            self.do(
                f"INSERT INTO dropped SELECT line FROM tag WHERE tag IN (SELECT tag FROM read_parquet([{listed}])) "
                "AND line NOT IN (FROM dropped)"
            )
        self.counts.duplicates = self._one("SELECT count(*) FROM dropped")

    def repeated_in(self, files: Sequence[str]) -> bool:
        """Whether something that is counted here stands in these files of tags."""
        if not files or not self._has_references:
            return False
        listed = ", ".join(map(quoted, files))
        counted = "SELECT tag FROM tag WHERE line NOT IN (FROM dropped)"
        return bool(self.all(f"{counted} AND tag IN (SELECT tag FROM read_parquet([{listed}])) LIMIT 1"))

    def count(self, progress: Progress) -> None:
        """Read and count the whole messages: tables `counted_*`."""
        end = self._one("SELECT coalesce(max(line), 0) FROM given") + 1
        width = math.ceil(end / max(1, round(end / SLICE)))
        for start in range(0, end, width):
            self._slice(f"line >= {start} AND line < {start + width}")
            progress(min(start + width, end), end)

    def count_parts(self, waiting: Iterable[Any] = ()) -> None:
        """Put parts together, also with those that wait (Arrow tables), count them, add everything up: table `base`."""
        parts = self.parts()
        for bucket in self._sorted_parts(waiting):
            self._join(bucket)
        self._add_up()
        self.counts.waiting = self._one(f"SELECT count(*) FROM left_over WHERE origin = {quoted(self._origin)}")
        accepted = self.counts.messages - self.counts.joined + parts + self.counts.duplicates
        self.counts.rejected = self.counts.read - accepted

    def parts(self) -> int:
        """How many parts of messages the file brought; where it brought none, those that wait go on waiting."""
        return self._one("SELECT count(*) FROM loose")

    def _slice(self, lines: str) -> None:
        """Count the whole messages of these lines and put parts aside."""
        sound = f"fault = '' AND {lines}"
        if self.counts.duplicates:
            sound += f" AND line NOT IN (SELECT line FROM dropped WHERE {lines})"
        columns = [name for name in joining.PART_COLUMNS if name != "origin"]  # long, and one for all
        listed = ", ".join(columns) if self._has_parts else reading.MESSAGE
        self._read_words(f"SELECT {listed}, {MASK_DIGITS}(content) AS masked FROM given WHERE {sound}")
        if self._has_parts:
            part = f"SELECT * EXCLUDE (masked), {quoted(self._origin)} AS origin FROM message WHERE part_total > 1"
            self.do(f"INSERT INTO loose BY NAME {part}")
        self._count(f"SELECT {reading.WHOLE}, masked FROM message {'WHERE part_total = 1' if self._has_parts else ''}")

    def _count_all(self, messages: str) -> None:
        """Count these messages (SQL), which have `forced` and `ends`."""
        self._read_words(f"SELECT *, {MASK_DIGITS}(content) AS masked FROM ({messages})")
        self._count("FROM message")

    def _read_words(self, messages: str) -> None:
        """The table `message`, and in the table `wording` how its texts read, of which many were read before."""
        self.do(f"CREATE OR REPLACE TABLE message AS {messages}")
        known = self._one("SELECT count(*) FROM wording")
        if known > REMEMBERED:
            self.do("TRUNCATE wording")
        unread = "ANTI JOIN wording USING (masked)" if 0 < known <= REMEMBERED else ""
        self.do(f"CREATE OR REPLACE TABLE fresh AS SELECT DISTINCT masked FROM message {unread}")
        [(count, longest)] = self.all("SELECT count(*), coalesce(max(length(masked)), 0) FROM fresh")
        if count > FEW or longest > LONGEST:
            read = wordings_query("fresh")
            self.do(f"INSERT INTO wording {named_query(f'({read})')}")
        elif count:
            few = wordings_of(text for (text,) in self.all("FROM fresh"))
            self._insert("wording", few, named_query("brought"))

    def _insert(self, table: str, rows: Any, query: str = "FROM brought") -> None:
        self.db.register("brought", rows)
        self.do(f"INSERT INTO {table} BY NAME {query}")
        self.db.unregister("brought")

    def _count(self, messages: str) -> None:
        """Count messages (SQL over the table `message`) and forget them."""
        loose = "FROM wording WHERE from_text = 'again'"
        again = bool(
            self.all(f"{loose} LIMIT 1") and self.all(f"FROM ({loose}) SEMI JOIN message USING (masked) LIMIT 1")
        )
        self.do(f"CREATE OR REPLACE TEMP VIEW whole AS {messages}")
        if self.all(f"FROM wording WHERE category = {int(Category.VERIFICATION)} AND opt_out LIMIT 1"):
            self._demanding |= {(gateway, refusal) for gateway, refusal in self.all(reading.DEMANDING)}
        worded = worded_query("whole", "wording", again=again)
        told = reading.told(worded, self._grace, demanding=self._demanding, contacts=bool(self._extras))
        self.do(f"CREATE OR REPLACE {'TEMP TABLE' if self._extras else 'TEMP VIEW'} told AS {told}")
        for name in ("base", *self._extras):
            into = "INSERT INTO counted_{0} {1}" if name in self._counted else "CREATE TABLE counted_{0} AS {1}"
            self.do(into.format(name, reading.COUNTED[name]))
            self._counted.add(name)
        if self._extras and self.all("FROM wording WHERE len(names) + len(opens) > 0 LIMIT 1"):
            self.do(f"INSERT INTO counted_contact {reading.NAMED}")
        self.do("DROP TABLE message")

    def give_up(self, waiting: Iterable[Any], before: int) -> None:
        """Count the parts that wait (Arrow tables) where none of a message is younger than `before` (ms)."""
        ends = "concat(CASE WHEN has_first THEN 'start ' END, CASE WHEN has_last THEN 'end' END)"
        for bucket in self._sorted_parts(waiting):
            self.do(f"CREATE OR REPLACE TABLE parts AS {joining.grouped(bucket)}")
            self.do(
                f"CREATE OR REPLACE VIEW old AS FROM parts QUALIFY max(at_ms) OVER (PARTITION BY message) < {before}"
            )
            self._put_by("message NOT IN (SELECT message FROM old)")
            self._count_joined(
                joining.messages_of("old"), f"SELECT {reading.MESSAGE}, 'part_missing' AS forced, {ends} AS ends"
            )
        if self.counts.joined:
            self._add_up()
        self.counts.waiting = self._one("SELECT count(*) FROM left_over")

    def _sorted_parts(self, waiting: Iterable[Any]) -> Iterator[str]:
        """Buckets (SQL) of the parts of this file and of those that wait, each about a slice: a message lies in one."""
        for table in waiting:
            self._insert("loose", table)
        self.do(f"CREATE VIEW keyed AS {joining.KEYED}")
        self.do("CREATE TABLE left_over AS FROM loose LIMIT 0")
        self.do(f"CREATE TABLE joined AS {joining.numbered(joining.NO_MESSAGES, 0)}")
        buckets = math.ceil(self.parts() / SLICE)
        yield from (f"(FROM keyed WHERE key % {buckets} = {place})" for place in range(buckets))

    def _join(self, bucket: str) -> None:
        """Put the parts of a bucket together: whole messages go to `joined` and are counted, others to `left_over`."""
        self.do(f"CREATE OR REPLACE TABLE bucket AS {bucket}")
        self.do(f"CREATE OR REPLACE TABLE plain AS {joining.PLAIN}")
        self.do(f"CREATE OR REPLACE TABLE parts AS {joining.grouped('(FROM bucket WHERE key NOT IN (FROM plain))')}")
        self._put_by("NOT whole")
        plain = joining.plain_messages("(FROM bucket WHERE key IN (FROM plain))")
        others = joining.messages_of("(FROM parts WHERE whole)")
        self._count_joined(f"{plain} UNION ALL {others}", f"SELECT {reading.WHOLE}")

    def _put_by(self, which: str) -> None:
        self.do(f"INSERT INTO left_over SELECT * EXCLUDE (message, whole, key) FROM parts WHERE {which}")

    def _count_joined(self, messages: str, told: str) -> None:
        """Keep messages (SQL) that were put together, for samples may be drawn of them, and count them."""
        before = self.counts.joined
        self.do(f"INSERT INTO joined BY NAME {joining.numbered(messages, before)}")
        self.counts.joined = self._one("SELECT count(*) FROM joined")
        if self.counts.joined > before:
            self._count_all(f"{told} FROM joined WHERE line < {-before}")

    def _add_up(self) -> None:
        self.do(f"CREATE TABLE base AS {reading.ADDED_UP}")
        self.counts.messages = self._one("SELECT coalesce(sum(messages), 0)::BIGINT FROM base")

    def draw_samples(self, inner_pad: str, outer_pad: str) -> None:
        """Fetch the messages that were chosen as samples: table `sample`; recipients under HMAC with these pads."""
        self.do(
            "CREATE TABLE chosen AS SELECT DISTINCT fact, unnest([first_line, last_line, any_line]) AS line FROM base"
        )
        self.do(f"CREATE TABLE sample AS {reading.drawn(inner_pad, outer_pad, from_file=self._from_file)}")

    def days(self) -> list[tuple[int, int]]:
        """Days since 1970 on which messages were counted, and how many."""
        return self.all("SELECT day, sum(messages)::BIGINT FROM base GROUP BY day ORDER BY day")

    def tagged_days(self) -> list[tuple[int]]:
        """Days since 1970 of which there are tags."""
        return self.all("SELECT DISTINCT day FROM tag ORDER BY day")

    def write(self, query: str, path: Path) -> int:
        """Write what a query answers as Parquet; how many rows. Several threads may do so at once."""
        copy = f"COPY ({query}) TO {quoted(str(path))} (FORMAT parquet, COMPRESSION zstd)"
        with self.db.cursor() as cursor:
            return int(cursor.execute(copy).fetchall()[0][0])

    def boxes(self, query: str, rows: int) -> Iterator[Any]:
        """What a query answers as Arrow tables of at most so many rows, one in memory at a time."""
        with self.db.cursor() as cursor:
            for batch in cursor.sql(query).to_arrow_reader(rows):
                whole = pa.Table.from_batches([batch])
                yield from (whole.slice(start, rows) for start in range(0, whole.num_rows, rows))

    def do(self, query: str) -> None:
        """Run a statement to its end."""
        self.db.execute(query).fetchall()

    def all(self, query: str) -> list[Any]:
        """The rows that a query answers."""
        return self.db.execute(query).fetchall()

    def _one(self, query: str) -> int:
        return int(self.all(query)[0][0])
