"""Filters of a list as they stand in an address: what was written is read, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import areas, workflow
from core.casework import Wanted, Which
from core.model import AgencyId, AreaCode, CategoryId, StaffRole, Status
from core.phrases import channel
from web.desk.filters import CHANNELS, choices, kept_in, link, query_of

_WANTED = st.builds(
    Wanted,
    which=st.sampled_from(Which),
    status=st.none() | st.sampled_from(Status),
    category=st.sampled_from((None, CategoryId("sampah"))),
    agency=st.sampled_from((None, AgencyId("satpol_pp"), AgencyId("kel:31.74.01.1001"))),
    area=st.sampled_from((None, AreaCode("31.74"), AreaCode("31.74.01"))),
    channel=st.none() | st.sampled_from(CHANNELS),
    page=st.integers(1, 999_999),
)


@given(_WANTED)
def test_what_is_kept_of_a_filter_is_read_as_it_was(wanted: Wanted) -> None:
    assert kept_in(query_of(wanted, hal=wanted.page)) == wanted


@pytest.mark.parametrize("query", ["wilayah=99", "kantor=none", "kantor=kel:1", "daftar=x&status=y", "hal=-1", "a&&=;"])
def test_what_there_is_not_is_left_out(query: str) -> None:
    assert kept_in(query) == Wanted()


def test_the_usual_list_has_the_shortest_address() -> None:
    assert link(Wanted()) == "/petugas"
    assert link(Wanted(Which.ALL), cari="x") == "/petugas?cari=x"
    assert link(Wanted(Which.LATE), cari="x") == "/petugas?daftar=late&cari=x"
    assert link(Wanted(), cari="x") == "/petugas?daftar=open&cari=x"


def test_the_biro_alone_chooses_among_offices_and_everybody_among_areas() -> None:
    assert choices(StaffRole.OFFICER, "id").offices == ()
    assert AgencyId("satpol_pp") in choices(StaffRole.BIRO, "id").offices
    found = [area.code for city, inside in choices(StaffRole.HEAD, "id").areas for area in (city, *inside)]
    assert len(found) == len([area for area in areas.AREAS.values() if area.kind != "kelurahan"])


@pytest.mark.parametrize("lang", ["id", "en"])
def test_what_is_chosen_from_stands_by_the_name_that_is_shown(lang: str) -> None:
    offered = choices(StaffRole.BIRO, lang)
    named = [channel(each, lang).casefold() for each in offered.channels]
    held = [workflow.agency_name(each, lang).casefold() for each in offered.offices]
    assert (named, held) == (sorted(named), sorted(held))
