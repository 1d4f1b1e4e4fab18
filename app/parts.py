"""The parts of the service, each of which can run in a process of its own."""

PARTS = ("web", "mail", "telegram", "outbox", "clock")
# An SMS provider calls our web: where the web is, its channel works too.
PART_OF = {"sms": "web"}
