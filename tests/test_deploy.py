"""The unit for systemd and the image say what they shall say: what was tried by hand must not be lost by an edit."""

import re
import tomllib
from pathlib import Path

import pytest

from app.secret_files import FILE
from app.settings import PREFIX, declared

ROOT = Path(__file__).parents[1]
IMAGE = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
COMPOSED = (ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8")
DIGEST = r"@sha256:[0-9a-f]{64}"
UNIT = Path(__file__).parents[1] / "deploy" / "resi.service"
LINE = re.compile(r"^([A-Za-z]+)=(.*)$", re.MULTILINE)
SAID = LINE.findall(UNIT.read_text(encoding="utf-8"))
YES = (
    "LockPersonality",
    "MemoryDenyWriteExecute",
    "NoNewPrivileges",
    "PrivateDevices",
    "PrivateMounts",
    "PrivateTmp",
    "PrivateUsers",
    "ProtectClock",
    "ProtectControlGroups",
    "ProtectHome",
    "ProtectHostname",
    "ProtectKernelLogs",
    "ProtectKernelModules",
    "ProtectKernelTunables",
    "RemoveIPC",
    "RestrictNamespaces",
    "RestrictRealtime",
    "RestrictSUIDSGID",
)
WALLS = {
    **dict.fromkeys(YES, "yes"),
    "User": "resi",
    "UMask": "0077",
    "LimitCORE": "0",
    "CapabilityBoundingSet": "",
    "AmbientCapabilities": "",
    "SupplementaryGroups": "",
    "DevicePolicy": "closed",
    "KeyringMode": "private",
    "ProcSubset": "pid",
    "ProtectProc": "invisible",
    "ProtectSystem": "strict",
    "RestrictAddressFamilies": "AF_INET AF_INET6 AF_UNIX",
    "SystemCallArchitectures": "native",
    "SystemCallErrorNumber": "EPERM",
}


@pytest.mark.parametrize("name", WALLS)
def test_each_wall_around_the_service_stands_in_its_unit_once(name: str) -> None:
    assert [value for key, value in SAID if key == name] == [WALLS[name]]


def test_system_calls_are_a_list_with_those_of_the_child_that_cleans_files() -> None:
    allowed, denied = [value for key, value in SAID if key == "SystemCallFilter"]
    assert set(allowed.split()) == {
        "@system-service",
        "seccomp",
        "landlock_create_ruleset",
        "landlock_add_rule",
        "landlock_restrict_self",
    }
    assert denied == "~@privileged @resources"


def test_no_wall_is_taken_down_again() -> None:
    others = {key for key, _ in SAID if key.startswith(("Protect", "Private", "Restrict", "Lock", "NoNew", "Memory"))}
    assert others <= {*WALLS, "ProtectSystem"}
    assert not [value for key, value in SAID if key in YES and value != "yes"]
    assert not {"ReadWritePaths", "AllowIsolate", "Delegate", "PermissionsStartOnly"} & {key for key, _ in SAID}


def test_everything_of_the_unit_is_in_a_section_and_a_setting_or_a_comment() -> None:
    section = re.compile(r"\[(Unit|Service|Install)\]|#.*|[A-Za-z]+=.*|")
    assert all(section.fullmatch(line) for line in UNIT.read_text(encoding="utf-8").splitlines())


def test_the_unit_of_who_sends_takes_no_wall_away_and_shares_no_user_folder_or_settings() -> None:
    """What it says beside the other unit, in whose place it stands for a process that sends alone."""
    path = UNIT.with_name("resi-outbox.conf")
    changed = dict(LINE.findall(path.read_text(encoding="utf-8")))
    assert set(changed) & set(WALLS) == {"User"}
    shared = {name: value for name, value in SAID if changed.get(name) == value and value}
    assert shared == {}
    assert changed["ExecStart"].endswith("run --only outbox")
    assert changed["LoadCredential"].startswith("RESI_ADDRESS_KEYS:")
    assert changed["ExecStartPre"] == ""


def test_the_unit_of_the_index_takes_no_wall_away_and_shares_no_settings() -> None:
    changed = dict(LINE.findall(UNIT.with_name("resi-search.conf").read_text(encoding="utf-8")))
    assert set(changed) & set(WALLS) == set()
    assert changed["EnvironmentFile"] == "/etc/resi-search/resi.env"
    assert changed["ExecStart"].endswith("run --only search")
    assert changed["Restart"] == "always"


def test_an_image_begins_with_one_base_that_is_pinned() -> None:
    assert re.findall(r"^FROM (\S+)", IMAGE, re.MULTILINE) == ["${BASE}", "${BASE}"]
    assert re.search(rf"^ARG BASE=docker\.io/library/python:3\.1[123]\S*{DIGEST}$", IMAGE, re.MULTILINE)


def test_what_runs_in_an_image_is_a_user_without_rights() -> None:
    last = IMAGE.rpartition("\nFROM ")[2]
    assert re.findall(r"^USER (.+)$", last, re.MULTILINE) == ["10001:10001"]
    assert "HEALTHCHECK" in last
    assert "/healthz" in last


def test_what_runs_in_an_image_was_compiled_when_it_was_built() -> None:
    """Its root is read-only: what pip did not compile would be compiled at each start."""
    built, _, runs = IMAGE.rpartition("\nFROM ")
    assert "--no-compile" not in IMAGE
    assert "PYTHONDONTWRITEBYTECODE" not in built
    assert "PYTHONDONTWRITEBYTECODE=1" in runs


def test_everything_in_an_image_has_a_hash_or_is_ours() -> None:
    installs = [line for line in re.split(r"&&|\n", IMAGE) if re.search(r"\bpip (install|wheel)\b", line)]
    assert len(installs) == 4
    assert all("--require-hashes --only-binary :all:" in line or "--no-index" in line for line in installs)
    assert not re.search(r"^ADD|curl|wget|apt-get", IMAGE, re.MULTILINE)


def test_an_image_is_made_of_the_rooms_and_of_nothing_that_lies_beside_them() -> None:
    built = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"][
        "wheel"
    ]
    rooms = {*built["packages"], *built["force-include"]}
    copied = {name for line in re.findall(r"^COPY (?!--from)(.+) \S+$", IMAGE, re.MULTILINE) for name in line.split()}
    files = {"requirements.txt", "requirements-build.txt", "pyproject.toml", "README.md", "LICENSE"}
    assert copied == rooms | files
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert [line for line in ignored if not line.startswith(("#", "!", "**/"))] == ["*"]
    assert {line[1:] for line in ignored if line.startswith("!")} == copied


@pytest.mark.parametrize("text", [IMAGE, COMPOSED], ids=["image", "compose"])
def test_every_setting_that_is_named_there_exists_and_secrets_only_by_their_file(text: str) -> None:
    rows = {PREFIX + row.name: row for row in declared()}
    set_there = re.findall(r"^\s*(?:ENV )?[^#\n]*?\b(RESI_[A-Z0-9_]+)[=:]", text, re.MULTILINE)
    assert set_there
    for name in set_there:
        if name.endswith(FILE):
            assert rows[name.removesuffix(FILE)].secret, name
        else:
            assert not rows[name].secret, name


def test_each_service_beside_ours_is_pinned_and_ours_has_no_rights_and_writes_nowhere_but_to_its_data() -> None:
    images = re.findall(r"^\s+image: (\S+)$", COMPOSED, re.MULTILINE)
    assert images.count("localhost/resi") == 1
    assert len(images) == 3
    assert all(re.search(DIGEST, each) for each in images if each != "localhost/resi")
    ours = COMPOSED.partition("x-resi:")[2].partition("\nservices:")[0]
    for wall in ('user: "10001:10001"', "read_only: true", "cap_drop: [ALL]", "no-new-privileges:true", "core: 0"):
        assert wall in ours
    assert not re.search(r"privileged: true|docker\.sock|network_mode|cap_add: \[(?!NET_BIND_SERVICE\])", COMPOSED)


def test_secrets_are_files_that_no_commit_takes() -> None:
    named = re.findall(r"\{ file: (\S+) \}", COMPOSED)
    assert named
    assert all(name.startswith("secrets/") for name in named)
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"secrets/", ".env", "deploy/resi.env"} <= set(ignored)


def test_the_proxy_hides_figures_keeps_no_log_and_tells_who_came() -> None:
    text = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
    assert "respond /metrics 404" in text
    assert "header_up X-Forwarded-For {remote_host}" in text
    assert not re.search(r"^\s*log\b", text, re.MULTILINE)
