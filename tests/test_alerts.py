"""Rules, dashboard and runbook speak of figures that there are, and every alert has somebody who knows what to do."""

import json
import re
from pathlib import Path

import pytest

from app import metrics
from app.faults import Count
from app.measures import STEPS, Measures
from bots.channels import CHANNELS
from core.messages import IntakeResult
from core.model import DeliveryKind
from tests.fakes.nouns import NOW

ROOT = Path(__file__).parents[1]
RULES = (ROOT / "deploy" / "resi-alerts.yml").read_text(encoding="utf-8")
BOARD = (ROOT / "deploy" / "resi-dashboard.json").read_text(encoding="utf-8")
RUNBOOK = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")
ALERTS = re.findall(r"^ {6}- alert: (\w+)$", RULES, re.MULTILINE)
NAME = re.compile(r"\bresi_[a-z_]+\b")


def given() -> str:
    """All that a service may say, with everything in it."""
    measures = Measures()
    for channel in CHANNELS:
        with measures.answering(channel.name) as answered:
            answered(IntakeResult.DONE)
        for step in STEPS:
            with measures.step(step, channel.name):
                pass
        measures.waited(channel.name, 1)
        for each in ("a", "b", "c"):
            measures.sent(channel.name, "again", each)
    process = metrics.Process(
        readers={"redact": Count(1, 1)},
        measures=measures,
        parts={"mail": True},
        works={"lead": 1.0},
        disk_free=1,
    )
    kept = metrics.Kept(
        reports=[("sms", "menunggu", 1)],
        outbox=[("sms", DeliveryKind.REPLY, "waiting", 1)],
        codes_wrong=0,
        oldest=NOW,
        now=NOW,
        copies={"backup": NOW, "drill": NOW},
    )
    return (metrics.text(process, kept) + metrics.text(process, None)).decode()


GIVEN = given()
SERIES = {
    re.split(r"[{ ]", line)[0]: set(re.findall(r"(\w+)=\"", line)) for line in GIVEN.splitlines() if line[:1] != "#"
}


def test_each_alert_has_its_section_and_each_names_the_right_one() -> None:
    assert len(ALERTS) == len(set(ALERTS)) > 15
    assert re.findall(r"^## (Resi\w+)$", RUNBOOK, re.MULTILINE) == ALERTS
    assert re.findall(r"docs/runbook\.md#(\w+)", RULES) == [alert.lower() for alert in ALERTS]


@pytest.mark.parametrize("said", [RULES, BOARD, RUNBOOK], ids=["rules", "dashboard", "runbook"])
def test_each_figure_that_is_spoken_of_is_given(said: str) -> None:
    assert set(NAME.findall(said)) <= set(SERIES)


def test_each_label_that_is_asked_for_is_one_of_its_figure() -> None:
    by_prometheus = {"instance", "le"}
    asked = json.loads(BOARD)["panels"]
    expressions = [target["expr"] for panel in asked for target in panel["targets"]]
    expressions += re.findall(r"expr: (?:>-\n)?((?:.|\n {10})+)", RULES)
    for expression in expressions:
        allowed = set().union(*(SERIES[name] for name in NAME.findall(expression))) | by_prometheus
        told = set(re.findall(r"[{,]\s*(\w+)=~?\"", expression))
        for grouped in re.findall(r"by \(([^)]*)\)", expression):
            told |= {each.strip() for each in grouped.split(",")}
        assert told <= allowed | ({"job"} if expression.startswith("up{") else set()), expression


def test_no_label_of_ours_is_one_that_prometheus_sets_itself() -> None:
    assert not {"job", "instance"} & set().union(*SERIES.values())


def test_what_prometheus_reads_is_well_formed_and_has_no_series_for_a_person() -> None:
    labels = set().union(*SERIES.values()) - {"le"}
    assert labels == {"channel", "status", "result", "step", "reader", "part", "work"}
    assert all(re.fullmatch(r"#.*|[a-z_]+(\{[^}]*\})? [0-9.e+-]+", line) for line in GIVEN.splitlines())
