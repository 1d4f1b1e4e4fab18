"""What lies in clear, table by table: a new column must be put on this list, or be sealed."""

import pytest
from sqlalchemy import Index, make_url
from sqlalchemy.schema import CreateIndex
from sqlmodel import SQLModel

import storage.tables
from storage.tables.shapes import tell_dialects

CLEAR = {
    "secret": {"name", "key_id"},
    "data_key": {"owner", "key_id"},
    "report": {
        "id",
        "number",
        "channel",
        "status",
        "category",
        "agency",
        "area",
        "restricted",
        "received",
        "due",
        "closed",
        "late",
        "evaluation",
        "alarm",
        "main",
        "plan",
        "estimate",
        "reopened",
        "feedback",
        "waits",
    },
    # as in the report: category and area are empty where it is restricted
    "held": {"report", "agency", "open", "due", "number", "status", "holder", "category", "area", "waits", "channel"},
    "history": {"report", "position", "at", "status", "act"},
    "contact": {"id", "pair"},
    "holder": {"report", "role", "contact", "told"},
    "dialogue": {"seen"},
    "outbox": {
        "seq",
        "id",
        "kind",
        "channel",
        "state",
        "not_before",
        "attempts",
        "lease",
        "pair",
        "arrived",
        "done",
        "why",
    },
    "seen": {"at"},
    "failing": {"since"},
    "tally": {"at", "times"},
    "photo": {"name"},
    "awaited": {"until"},
    "capability": {"until", "holds"},
    "notice": {"report", "mark", "at", "receiver", "number", "holder", "days"},
    "staff": {
        "id",
        "name",
        "agency",
        "role",
        "active",
        "fresh",
        "given",
        "pending",
        "missed_logins",
        "missed_pages",
    },
    "session": {"id", "staff", "began", "seen", "whole", "proved", "missed_logins", "missed_pages", "provider"},
    "staff_identity": {"issuer", "subject", "staff", "by_claim"},  # a pseudonym of the provider's own
    "factor": {"staff"},
    "saved_view": {"staff", "name", "filter"},
    "mention": {"staff", "number", "at"},
    # whose address lies sealed elsewhere
    "alert_choice": {
        *("staff", "contact", "lang", "since", "kinds", "hour", "confirmed"),
        *("code", "code_until", "tries", "sent", "looked"),
    },
    "alert": {"staff", "report", "step", "number", "kind", "at", "told"},
    "route": {"category", "area", "agency"},
    "partner": {"name", "channel", "active", "rights", "until", "hosts", "hook", "salt", "old_until"},
    # of reports that a partner filed and may read, without a word of them
    "hook": {
        *("id", "partner", "number", "status", "created", "at"),
        *("state", "not_before", "attempts", "answer"),
    },
    "unpublished": {"report"},
    # what all may read, and which of it goes together when one has to go
    "published": {"report", "number", "batch", "field", "category", "area", "status", "updated", "pack", "office"},
    "outcome": {"report", "kind", "outcome", "days", "told"},
    "figure": {"grain", "starts", "outcome", "field", "category", "area", "office", "reports", "days"},
    "figure_sum": {"grain", "starts", "by", "key", "outcome", "days", "reports"},
    "figure_channel": {"grain", "starts", "channel", "reports"},
    "published_class": {"batch", "field", "category", "area", "reports"},
    "published_status": {"status", "reports"},
    "publishing": {"id", "until"},
    "partner_report": {"report", "partner"},
    "canned": {"id", "agency", "title", "text"},  # written beforehand, about nobody
    "city_change": {"part", "id", "row", "place", "version"},  # what anybody may know of the city
    "audit": {"seq", "at"},
    "chain_head": {"id", "seq"},
    "closing": {"kind", "deed", "times"},  # likewise, of no word
    "erasure": set(),
    "correction": {"before", "after", "times"},  # counts, of no report in particular
    "copy": {"what", "at"},
    "look": {"scope", "chunk", "value", "whole", "report"},  # of photos of results, never of citizens'
}
HASHED = {
    "published": {"proved"},  # sealed
    "holder": {"code"},
    "dialogue": {"lane"},
    "outbox": {"lane", "contact", "provider"},
    "seen": {"message"},
    "failing": {"message"},
    "tally": {"who"},
    "awaited": {"lane"},
    "capability": {"tag", "contact"},
    "staff": {"password"},
    "partner": {"key", "old_key"},
    "session": {"token", "provider_session"},
    "audit": {"hash"},
    "chain_head": {"hash", "mac"},
    "erasure": {"mark"},
}


def test_nothing_new_lies_in_clear() -> None:
    assert storage.tables.REPORT.metadata is SQLModel.metadata
    hidden = {"sealed", "wrapped"}
    shown = {
        name: set(table.columns.keys()) - hidden - HASHED.get(name, set())
        for name, table in SQLModel.metadata.tables.items()
    }
    assert shown == CLEAR


@pytest.mark.parametrize("database", ["sqlite", "postgresql+psycopg"])
def test_an_index_that_holds_some_rows_says_so_to_each_database(database: str) -> None:
    dialect = make_url(f"{database}://").get_dialect()()
    tell_dialects(SQLModel.metadata)
    indexes = {str(index.name): index for table in SQLModel.metadata.tables.values() for index in table.indexes}

    def made(index: Index) -> str:
        return str(CreateIndex(index).compile(dialect=dialect))

    assert made(indexes["outbox_by_lane"]).endswith("WHERE state = 'waiting'")
    assert "WHERE" not in made(indexes["report_in_order"])
