"""The table of cities: what it holds, how fast it is there, and the script that makes it."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from finder import cities as table
from finder.cities import TABLE, City, cities
from finder.gazetteer import area_of, coded, key, names, readings, rows, towns, well_known

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "bench"))

import build_cities  # noqa: E402


# ------------------------------------------------------------------------------------------------ what it holds
def test_the_file_names_its_source_and_licence() -> None:
    header = gzip.decompress(TABLE.read_bytes()).decode().split("\n\n")[0]
    for words in (
        "GeoNames",
        "https://www.geonames.org",
        "CC BY 4.0",
        "creativecommons.org/licenses/by/4.0",
        "Changed",
    ):
        assert words in header
    assert "GeoNames" in (TABLE.parent / "cities.LICENSE").read_text(encoding="utf-8")
    assert TABLE.stat().st_size <= 600_000


def test_the_table_is_whole() -> None:
    keys, rest, others, numbers = table._table()
    assert len(keys) == len(rest) >= 34_000
    assert len(others) == len(numbers) >= 3_000
    assert keys == sorted(keys)
    assert others == sorted(set(others))
    regions = {(row.country, row.region) for row in rows() if row.level == "region"} | {("US", "DC")}
    found = [city for spelling in set(keys[::7]) for city in cities(spelling)]
    for city in found:
        assert -90 <= city.latitude <= 90
        assert -180 <= city.longitude <= 180
        assert city.population >= 0
        assert len(city.country) == 2
        assert not city.region or city.country in ("US", "GB") or (city.country, city.region) in regions


def test_the_known_cities_are_those_of_the_small_table() -> None:
    for row in rows():
        if row.level == "city":
            for spelling in row.spellings:
                found = [(c.name, c.country, c.region) for c in cities(key(spelling))]
                assert (row.spellings[0], row.country, row.region) in found, spelling


@pytest.mark.parametrize(
    ("text", "name", "region", "country"),
    [
        # the most populous of a name
        ("Paris", "Paris", "IDF", "FR"),
        ("Springfield", "Springfield", "MO", "US"),
        ("Fayetteville", "Fayetteville", "NC", "US"),
        ("Arlington", "Arlington", "TX", "US"),
        ("Vancouver", "Vancouver", "BC", "CA"),
        ("Birmingham", "Birmingham", "ENG", "GB"),
        ("Alexandria", "Alexandria", "VA", "US"),
        # rather where listings are from
        ("Santa Clara", "Santa Clara", "CA", "US"),
        ("San Carlos", "San Carlos", "CA", "US"),
        ("Valencia", "Valencia", "VC", "ES"),
        ("Waterloo", "Waterloo", "ON", "CA"),
        ("Princeton", "Princeton", "NJ", "US"),
        # other languages
        ("München", "Munich", "BY", "DE"),
        ("Muenchen", "Munich", "BY", "DE"),
        ("Munique", "Munich", "BY", "DE"),
        ("Köln", "Cologne", "NW", "DE"),
        ("Keulen", "Cologne", "NW", "DE"),
        ("Genève", "Geneva", "GE", "CH"),
        ("Genf", "Geneva", "GE", "CH"),
        ("Ginevra", "Geneva", "GE", "CH"),
        ("Lisboa", "Lisbon", "", "PT"),
        ("Lissabon", "Lisbon", "", "PT"),
        ("Bruges", "Brugge", "VLG", "BE"),
        ("Milano", "Milan", "25", "IT"),
        ("Varsovie", "Warsaw", "MZ", "PL"),
        ("Den Haag", "The Hague", "ZH", "NL"),
        ("Londres", "London", "ENG", "GB"),
        ("Praga", "Prague", "", "CZ"),
        ("Bienne", "Biel", "BE", "CH"),
        ("Aarhus", "Aarhus", "82", "DK"),
        ("Lodz", "Łódź", "LD", "PL"),
        ("Goeteborg", "Gothenburg", "O", "SE"),
        ("Trivandrum", "Thiruvananthapuram", "KL", "IN"),
        # forms, nicknames, letters that were lost
        ("Palma de Mallorca", "Palma", "IB", "ES"),
        ("Frankfurt", "Frankfurt", "HE", "DE"),
        ("Manhattan", "New York", "NY", "US"),
        ("Twin Cities", "Minneapolis", "MN", "US"),
        ("O Fallon", "O'Fallon", "MO", "US"),
        ("Farmer's Branch", "Farmers Branch", "TX", "US"),
        ("M nchen", "Munich", "BY", "DE"),
        ("D sseldorf", "Düsseldorf", "NW", "DE"),
    ],
)
def test_the_likeliest_city_of_a_name(text: str, name: str, region: str, country: str) -> None:
    first = cities(key(text))[0]
    assert (first.name, first.region, first.country) == (name, region, country)


def test_a_city_tells_where_it_lies() -> None:
    assert cities("munich")[0] == City("Munich", "DE", "BY", 48.14, 11.58, 1_500_000)
    assert cities("no such city") == cities("") == ()
    assert [city.region for city in cities("portland")[:2]] == ["OR", "ME"]


# ------------------------------------------------------------------------------------------------ readings
def test_readings_of_a_name() -> None:
    assert [name.level for name in readings("Georgia")] == ["country", "region"]
    assert {name.region for name in readings("Fayetteville")} >= {"NC", "AR", "GA"}
    assert "IN" in {town.region for town in towns("Peru")}
    assert readings("Smallville Nowhere") == ()


def test_small_names_need_no_large_table() -> None:
    code = "from finder.gazetteer import names; names('Berlin'); names('NYC'); names('CA'); from finder import cities; "
    code += "print(cities._table.cache_info().misses); names('Genf'); print(cities._table.cache_info().misses)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert ran.stdout.split() == ["0", "1"]
    assert names("Genf")[0].usual == "Geneva"


def test_the_table_is_there_soon() -> None:
    spent = []
    for _ in range(5):
        table._table.cache_clear()
        began = time.process_time()
        cities.cache_clear()
        cities("berlin")
        spent.append(time.process_time() - began)
    assert min(spent) <= 0.06


def test_codes_and_areas() -> None:
    assert [(name.country, name.level) for name in coded("BW")] == [("DE", "region")]
    assert coded("bw") == coded("XX") == ()
    assert area_of("emea") == "EMEA"
    assert area_of("European Union") == area_of("Europa") == "Europe"
    assert area_of("Berlin") == ""


def test_well_known() -> None:
    assert well_known("Omaha")
    assert well_known("NYC")
    assert well_known("Gelsenkirchen")
    assert not well_known("Buxtehude")
    assert well_known("Ogden", 50_000) and not well_known("Ogden")


# ------------------------------------------------------------------------------------------------ the script
def row(name: str, country: str, code: str, population: int, *others: str) -> dict[str, Any]:
    place = {"latitude": 10.123, "longitude": -20.456, "countrycode": country, "admin1code": code}
    return {"name": name, "population": population, "alternatenames": list(others)} | place


def kept(*found: dict[str, Any]) -> list[build_cities.Kept]:
    return [build_cities._kept(one) for one in found]


def test_a_city_is_read() -> None:
    (city,) = kept(row("Biel/Bienne", "CH", "BE", 55_000))
    assert (city.name, city.own) == ("Biel", {"biel", "bienne"})
    (city,) = kept(row("Nördlingen (Ries)", "DE", "02", 20_000))
    assert (city.name, city.own) == ("Nördlingen", {"nordlingen", "noerdlingen"})
    (city,) = kept(row("San Juan", "PR", "127", 400_000))
    assert (city.country, city.code) == ("US", "PR")


def test_numbered_quarters_are_left_out(tmp_path: Path) -> None:
    found = {
        "1": row("Paris 15 Vaugirard", "FR", "11", 2),
        "2": row("Parisot", "FR", "76", 1),
        "3": row("Zone II", "FR", "76", 3),
    }
    (tmp_path / "cities500.json").write_text(json.dumps(found), encoding="utf-8")
    assert [city.name for city in build_cities.read(tmp_path, 500)] == ["Parisot"]


def test_usual_names_stand_over_those_of_the_source() -> None:
    found = kept(row("New York City", "US", "NY", 8_000_000, "New York"), row("Manhattan", "US", "NY", 1_500_000))
    found = build_cities.with_regions(found, {})
    known = [one for one in rows() if one.spellings[0] == "New York" and one.level == "city"]
    (city,) = build_cities.usual(found, known, [])
    assert (city.name, city.region) == ("New York", "NY")
    assert {"nyc", "manhattan", "new york city"} <= city.own


def test_other_names_belong_to_one_city(monkeypatch: pytest.MonkeyPatch) -> None:
    found = kept(
        row("Palma", "ES", "07", 400_000, "Palma de Mallorca", "Ciutat"),
        row("Ciudad Palma", "MX", "01", 60_000, "Ciudad", "Canada"),
        row("Łomża", "PL", "81", 60_000),
    )
    table = {"city_names.tsv": [["PL", "Łomża", "Lomscha;Palma"]]}
    monkeypatch.setattr(build_cities, "lines", lambda name: table[name])
    assert build_cities.other_names(found) == {"palma de mallorca": 0, "ciudad": 1, "lomscha": 2}
    table["city_names.tsv"] = [["PL", "Nowhere", "X"]]
    with pytest.raises(LookupError, match="no Nowhere in PL"):
        build_cities.other_names(found)


def test_what_is_written_is_read_back(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(build_cities, "lines", lambda name: [])
    found = kept(
        row("Twinford", "GB", "ENG", 90_000),
        row("Twinford", "US", "OH", 80_000),
        row("McTwin", "US", "OH", 71_234, "McTwin upon Sea"),
    )
    found = build_cities.with_regions(found, {})
    file = tmp_path / "cities.tsv.gz"
    file.write_bytes(gzip.compress(build_cities.text(found, {("GB", "ENG", "twinford")}).encode(), mtime=0))
    monkeypatch.setattr(table, "TABLE", file)
    table._table.cache_clear()
    cities.cache_clear()
    try:
        assert [city.country for city in cities("twinford")] == ["GB", "US"]
        assert cities("mctwin upon sea") == cities("mctwin") == (City("McTwin", "US", "OH", 10.12, -20.46, 71_000),)
    finally:
        monkeypatch.undo()
        table._table.cache_clear()
        cities.cache_clear()
