"""CONTRIBUTING's recipes for a status, a role and a page of the desk, followed to the letter on a copy."""

from tests.fakes.recipe_copy import Copy

STATUS = "core/model/status.py"


def test_a_status_is_a_row_its_phrases_and_the_move_that_leads_there(copy: Copy) -> None:
    row = 'StatusRow(WorkStage.WORK, Phase.WORKING, Tone.WORKING, ClockRule.COUNTS, Next.WORK, "news_survey")'
    copy.edits(STATUS, ('    EWS = "ews"', f'    SURVEI = "survei", {row}\n    EWS = "ews"'))
    copy.edits("core/model/act.py", ('    PLAN = "plan"\n', '    SURVEY = "survey"\n    PLAN = "plan"\n'))
    move = 'Move(Act.SURVEY, _HOLDER, _OPEN, Status.SURVEI, TextRule.MAY, tells="news_survey")'
    copy.edits(
        "core/workflow/table.py",
        ("    Move(Act.PLAN, _HOLDER", f"    {move},\n    Move(Act.PLAN, _HOLDER"),
    )
    copy.says(
        status_survei="On site",
        desk_act_survey="Look at the place",
        news_survey="Report ...{last4}: {agency} looks at the place.",
    )
    copy.lives("""
        from html import unescape
        from pathlib import Path
        from zoneinfo import ZoneInfo
        import asyncio

        from core import workflow
        from core.model import Act, Next, Published, StaffRole, Status
        from docs.workflow import draw
        from tests.fakes.office import ROOT, Office
        from tests.fakes.town_hall import KELURAHAN, TownHall
        from web.open311 import answers

        hall = TownHall()
        siti = hall.hire("siti", KELURAHAN)
        first, second = hall.files(), hall.files()
        hall.hire("biro", workflow.BIRO, StaffRole.BIRO)
        hall.does("biro", Act.LINK, second, to=first)
        report = hall.does("siti", Act.SURVEY, first)
        assert (report.status, workflow.next_step(report)) == ("survei", Next.PROPOSE)
        assert sorted(hall.lists("siti", Status.SURVEI)) == sorted([first, second])
        assert hall.keys(first) == hall.keys(second) == ["news_survey"]
        third = hall.files()
        hall.does("biro", Act.LINK, third, to=first)
        assert hall.keys(third) == ["news_survey"], "who joins is told where it stands"
        hall.passes(days=8)
        assert hall.report(first).late, "the clock counts"
        sms = hall.town.citizen("sms", "budi")
        assert "On site" in sms.writes(hall.code_of(first).reveal()).text
        day = report.received
        public = Published(first, Status.SURVEI, report.category, None, None, day, day, None)
        assert answers.reports([public], ZoneInfo("Asia/Jakarta"), "id", public=True)[0]["status"] == "open"

        async def desk():
            office = Office(hall.town)
            office.hire("ani", agency=KELURAHAN)
            ani = await office.at_work("ani")
            page = await ani.opens(f"{ROOT}?daftar=all")
            assert '<option value="survei"' in page.text, "it can be searched for"
            page = await ani.opens(f"{ROOT}/laporan/{first}")
            assert '<span class="pill working">On site</span>' in page.text
            assert "Look at the place" in page.text

        asyncio.run(desk())
        hall.does("siti", Act.START, first)
        assert hall.report(second).status == "proses", "it is left like its sisters"
        Path("docs/workflow.svg").write_text(draw(), encoding="utf-8")
        assert "On site" in draw()
    """)
    copy.passes(
        *("test_model_status", "test_model", "test_workflow_table", "test_tracking_page", "test_phrases"),
        named="model_status or workflow_table or every_status or statuses or dead or exists",
    )
    copy.did("A status", STATUS, "core/model/act.py", "core/workflow/table.py", "core/phrases")


def test_a_status_without_a_row_is_found_when_it_is_loaded(copy: Copy) -> None:
    copy.edits(STATUS, ('    EWS = "ews"', '    SURVEI = "survei"\n    EWS = "ews"'))
    said = copy.lives("""
        try:
            import core.model
        except TypeError as slip:
            print(slip)
    """)
    assert "survei: a status needs its row" in said


def test_a_role_is_a_word_its_rights_and_its_name(copy: Copy) -> None:
    copy.edits(
        "core/model/roles.py",
        ('    AUDITOR = "auditor"\n', '    AUDITOR = "auditor"\n    GUEST = "guest"\n    INSPECTOR = "inspector"\n'),
        (
            "    StaffRole.AUDITOR: frozenset({Right.AUDIT}),\n",
            """\
    StaffRole.AUDITOR: frozenset({Right.AUDIT}),
    StaffRole.GUEST: frozenset(),
    StaffRole.INSPECTOR: frozenset({Right.HANDLE, Right.LEAD}),
""",
        ),
    )
    copy.says(desk_role_guest="guest", desk_role_inspector="inspector")
    copy.edits(
        "docs/operating.md",
        ("- `auditor` reads", "- `guest` sees nothing yet.\n- `inspector` leads.\n- `auditor` reads"),
    )
    copy.lives("""
        import asyncio

        from core.model import StaffRole
        from tests.fakes.office import ROOT, Office

        async def desk():
            office = Office()
            report = office.receives()
            for role in ("guest", "inspector"):
                office.hire(role, StaffRole(role), report.agency)
                browser = await office.at_work(role)
                first = await browser.opens()
                assert first.status_code == 200 and f"{role}, " in first.text
                sees = (await browser.opens(f"{ROOT}/laporan/{report.number}")).status_code
                late = (await browser.opens(f"{ROOT}/terlambat")).status_code
                accounts = (await browser.opens(f"{ROOT}/akun-petugas")).status_code
                told = {"guest": (403, 403, 403), "inspector": (200, 200, 403)}[role]
                assert (sees, late, accounts) == told, (role, sees, late, accounts)

        asyncio.run(desk())
    """)
    copy.passes(
        *("test_model_roles", "test_phrases", "test_desk_permissions"),
        named="(desk_permissions and (guest or inspector))"
        " or (not desk_permissions and (role or right or dead or nothing_written))",
    )
    copy.did("A role", "core/model/roles.py", "core/phrases", "docs/operating.md")


def test_a_page_of_the_desk_is_a_module_a_template_a_row_and_its_title(copy: Copy) -> None:
    copy.adds(
        "web/desk/toy.py",
        '''\
        """/petugas/mainan: how many offices there are."""

        from starlette.responses import Response

        from core import casework
        from web.desk import frame
        from web.desk.routes import ADMINS, Page
        from web.desk.session import Visit


        async def _page(visit: Visit) -> Response:
            rows = await visit.desk.read(casework.office_rows)
            return frame.page(visit, "toy.html", count=len(rows))


        PAGES = (Page("/mainan", _page, roles=ADMINS, title="desk_toy"),)
        ''',
    )
    copy.adds(
        "web/templates/desk/toy.html",
        """\
        {% extends "desk/frame.html" %}
        {% block title %}{{ t('desk_toy') }}{% endblock %}
        {% block main %}
        <h1>{{ t('desk_toy') }}</h1>
        <p>{{ n(count) }}</p>
        {% endblock %}
        """,
    )
    copy.edits(
        "web/desk/table.py",
        ("    system,\n", "    system,\n    toy,\n"),
        ("    *system.PAGES,\n", "    *system.PAGES,\n    *toy.PAGES,\n"),
    )
    copy.says(desk_toy="Toy", desk_toy_what="How many offices there are.")
    copy.adds(
        "tests/test_desk_toy.py",
        '''\
        """The toy says how many offices there are."""

        from core import casework
        from core.model import AgencyId, StaffRole
        from tests.fakes.office import ROOT, Office


        async def test_it_counts_the_offices() -> None:
            office = Office()
            office.hire("admin", StaffRole.ADMIN, AgencyId("biro_pemerintahan"))
            browser = await office.at_work("admin")
            assert "How many offices there are." in (await browser.opens()).text
            assert f"<p>{len(casework.offices())}</p>" in (await browser.opens(f"{ROOT}/mainan")).text
        ''',
    )
    copy.passes(
        *("test_desk_permissions", "test_desk_routes", "test_phrases", "test_desk_toy"),
        named="desk_toy or (desk_permissions and (mainan or every_row or without_a_row))"
        " or (desk_routes and (navigation or first_page or twice)) or (test_phrases and (dead or written))",
    )
    copy.did(
        "A page of the desk",
        "web/desk/toy.py",
        "web/templates/desk/toy.html",
        "web/desk/table.py",
        "core/phrases",
        "tests/test_desk_toy.py",
    )
