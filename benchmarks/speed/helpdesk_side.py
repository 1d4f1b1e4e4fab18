"""The other side of `performance`: django-helpdesk in a process of its own, with the Python that has it.

Mails as text are handed to the function that its own mail reader calls: each becomes a ticket in SQLite as Django sets
it up, and an answer that is composed and kept in memory. Prints mails a second and milliseconds of processor for one.
Imports nothing of ours.
"""

import json
import logging
import sys
import tempfile
import time
from pathlib import Path

APPS = ("auth", "contenttypes", "sessions", "sites", "humanize", "admin", "messages")
OURS = "lapor@helpdesk.example"
urlpatterns: list[object] = []  # Django's name: its answers hold links


def set_up(folder: str) -> None:
    """Django with nothing but what django-helpdesk asks for."""
    import django  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415 - settings come first
    from django.conf import settings  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415 - settings come first

    settings.configure(
        INSTALLED_APPS=[*(f"django.contrib.{app}" for app in APPS), "helpdesk"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(Path(folder, "side.db"))}},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
        HELPDESK_TEAMS_MODE_ENABLED=False,
        LOGGING_CONFIG=None,
        MEDIA_ROOT=folder,
        ROOT_URLCONF=__name__,
        SECRET_KEY="of a benchmark",  # noqa: S106 - it guards nothing
        SITE_ID=1,
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        USE_TZ=True,
    )
    django.setup()
    from django.core.management import call_command  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415 - likewise
    from django.urls import include, path  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415 - likewise

    call_command("migrate", verbosity=0)
    urlpatterns.append(path("", include("helpdesk.urls", namespace="helpdesk")))


def measured(mails: list[str], folder: str) -> tuple[float, float]:
    """Mails a second, and milliseconds of processor for each; every one has its ticket and its answer."""
    set_up(folder)
    from django.core import mail  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415 - settings come first
    from helpdesk.email import extract_email_metadata  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415 - likewise
    from helpdesk.models import Queue, Ticket  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415 - likewise

    mail.outbox = []
    queue = Queue.objects.create(title="Laporan", slug="lapor", email_address=OURS, allow_email_submission=True)
    quiet = logging.getLogger("side")
    quiet.setLevel(logging.CRITICAL)
    warm, rest = mails[:10], mails[10:]
    for each in warm:
        extract_email_metadata(each, queue, quiet)
    began, spent = time.perf_counter(), time.process_time()
    for each in rest:
        extract_email_metadata(each, queue, quiet)
    took, spent = time.perf_counter() - began, time.process_time() - spent
    if Ticket.objects.count() != len(mails) or len(mail.outbox) < len(mails):
        sys.exit("not every mail has its ticket and its answer")
    return len(rest) / took, spent / len(rest) * 1000


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as kept:
        json.dump(measured(json.load(sys.stdin), kept), sys.stdout)
