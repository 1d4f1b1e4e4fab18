"""`python -m tests.conformance URL [--key KEY]`: whether any server keeps to Open311 GeoReport v2, rule by rule.

With a key two reports that lack something are tried and one is filed. Ends with 1 where a rule does not hold.
"""

import argparse
import sys

import httpx

from tests.conformance.rules import RULES, NotTried, Server


def look(server: Server) -> dict[str, list[str] | None]:
    """What each rule found, by its name; None: it could not be tried."""
    found: dict[str, list[str] | None] = {}
    for rule in RULES:
        name = rule.__name__
        try:
            found[name] = list(rule(server))
        except NotTried:
            found[name] = None
        except (httpx.HTTPError, ValueError, KeyError, TypeError, AttributeError) as error:
            found[name] = [f"could not be read: {type(error).__name__}"]
    return found


def main(arguments: list[str]) -> int:
    """Prints a line for each rule."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformance", description=__doc__)
    parser.add_argument("url", help="such as http://127.0.0.1:8000/open311/v2")
    parser.add_argument("--key", default="", help="an api_key: then reports are filed, too")
    given = parser.parse_args(arguments)
    with httpx.Client(base_url=given.url.rstrip("/") + "/", timeout=30) as client:
        found = look(Server(client, given.key))
    meaning = {rule.__name__: (rule.__doc__ or "").strip() for rule in RULES}
    for name, wrong in found.items():
        sign = "not tried" if wrong is None else "FAILS" if wrong else "holds"
        sys.stdout.write(f"{sign:10}{meaning[name]}\n")
        sys.stdout.writelines(f"          - {each}\n" for each in wrong or ())
    failed = sum(bool(wrong) for wrong in found.values())
    sys.stdout.write(f"{len(found) - failed} of {len(found)} rules hold or could not be tried\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
