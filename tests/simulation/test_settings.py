"""The same settings give the same world; sizes that can't be are refused."""

import filecmp
from dataclasses import replace

import pytest
from click.testing import CliRunner

from registry.simulation import names
from registry.simulation.catalogue import rooms
from registry.simulation.cli import group
from registry.simulation.numbers import Numbers, PoolExhaustedError
from registry.simulation.settings import Settings
from registry.simulation.world import build, made
from registry.simulation.writing import write_bundle
from tests.simulation.worlds import SMALL, bundle, rows, written


def test_the_same_settings_give_the_same_bytes(tmp_path):
    for name in ("one", "other"):
        written(SMALL, tmp_path / name)
    files = sorted(file.relative_to(tmp_path / "one") for file in (tmp_path / "one").rglob("*.csv"))
    assert len(files) > 20
    matched, *rest = filecmp.cmpfiles(tmp_path / "one", tmp_path / "other", map(str, files), shallow=False)
    assert (len(matched), rest) == (len(files), [[], []])


def test_another_seed_gives_another_world():
    one, other = made(SMALL, 0), made(replace(SMALL, seed=4), 0)
    assert [row.port for row in one.sendings] != [row.port for row in other.sendings]


def test_blocks_never_clash(tmp_path):
    settings = replace(SMALL, enterprises=900, ports=900, signatures=2_000, messages_per_day=3_000)
    assert settings.blocks == 3
    written(settings, tmp_path)
    found = bundle(tmp_path)
    for file, key in (("enterprises", "enterprise"), ("ports", "port"), ("permits", "permit"), ("letters", "letter")):
        keys = [row[key] for row in found[file]]
        assert len(keys) == len(set(keys)), file
    accounts = [row["submitter"] for row in found["submitters"]]
    assert len(accounts) == len(set(accounts))


@pytest.mark.parametrize(
    ("sizes", "blocks"),
    [
        ({"enterprises": 300, "ports": 500, "signatures": 2_000}, 1),
        ({"enterprises": 599, "ports": 1_500, "signatures": 6_000}, 1),
        ({"enterprises": 600, "ports": 1_000, "signatures": 4_000}, 2),
        ({"enterprises": 600, "ports": 15_000, "signatures": 6_000}, 10),
        ({"enterprises": 7_000, "ports": 250_000, "signatures": 1_000_000}, 166),
        ({"enterprises": 1_000_000, "ports": 10_000, "signatures": 10_000}, 800),
    ],
)
def test_a_block_is_of_bounded_size_however_large_the_world(sizes, blocks):
    settings = replace(SMALL, **sizes)
    assert settings.blocks == blocks
    assert sum(settings.of_block(settings.ports, block) for block in range(blocks)) == settings.ports


def test_a_dense_world_has_the_permits_that_were_asked_for_and_no_key_twice(tmp_path):
    settings = replace(SMALL, enterprises=130, ports=4_600, signatures=12_000, messages_per_day=3_000)
    assert settings.blocks == 3
    counts = write_bundle(build(settings), tmp_path)
    assert 0.85 * 12_000 < counts["permits"] < 1.15 * 12_000
    assert 0.85 * 4_600 < counts["ports"] < 1.15 * 4_600
    for file, key in (("enterprises", "enterprise"), ("ports", "port"), ("permits", "permit"), ("letters", "letter")):
        keys = [row[key] for row in rows(tmp_path / f"{file}.csv")]
        assert len(keys) == len(set(keys)), file


def test_brands_never_repeat():
    brands = [names.brand(number) for number in range(100_000)]
    assert len(set(brands)) == len(brands)


def test_signatures_of_one_owner_never_repeat():
    texts = [names.signature_of("云栖", "商贸", "杭州", place)[0] for place in range(2_000)]
    assert len(set(texts)) == len(texts)


def test_a_pool_of_codes_ends_with_a_clear_error():
    numbers = Numbers(seed=1, block=0, blocks=1)
    codes = [numbers.access_code("bank") for _ in range(100)]
    assert len(set(codes)) == 100
    with pytest.raises(PoolExhaustedError):
        numbers.access_code("bank")


@pytest.mark.parametrize(
    "wrong",
    [
        {"enterprises": 39},
        {"ports": 0},
        {"days": 0},
        {"messages_per_day": 0},
        {"seed": -1},
        {"cheat_share": 2},
        {"enterprises": 300, "ports": 30_000},
        {"enterprises": 300, "signatures": 100_000},
    ],
)
def test_sizes_that_cannot_be_are_refused(wrong):
    with pytest.raises(ValueError, match="must"):
        Settings(**wrong)


@pytest.mark.parametrize("folder", ["honest", "cheats"])
def test_every_room_says_what_it_is(folder):
    assert all(room.title.endswith((".", "?")) and room.settle.__doc__ for room in rooms(folder))


def test_the_command_writes_a_world_into_an_empty_folder(tmp_path):
    sizes = ["--enterprises", "60", "--ports", "60", "--signatures", "100", "--messages", "500", "--days", "1"]
    done = CliRunner().invoke(group, ["write", str(tmp_path / "world"), "--start", "2026-05-01", *sizes])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "world" / "truth.csv").exists()
    assert "incidents" in done.output
    again = CliRunner().invoke(group, ["write", str(tmp_path / "world")])
    assert (again.exit_code, "is not empty" in again.output) == (2, True)


@pytest.mark.parametrize(
    "wrong", [["--days", "0"], ["--start", "soon"], ["--format", "xlsx"], ["--enterprises", "3"], ["--ports", "90000"]]
)
def test_the_command_refuses_wrong_values(tmp_path, wrong):
    assert CliRunner().invoke(group, ["write", str(tmp_path / "world"), *wrong]).exit_code == 2
