"""The unit for systemd says what it shall say, each line once: what was tried by hand must not be lost by an edit."""

import re
from pathlib import Path

import pytest

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
