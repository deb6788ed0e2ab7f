"""What stands in front of Heard: the name under which answers are taken is always there, has no log, and is narrow."""

import re

from heard.plumbing.cookieless import PREFIXES
from tests.house.tree import ROOT

CADDYFILE, COMPOSE = ROOT / "deploy" / "Caddyfile", ROOT / "deploy" / "compose.yaml"


def lines_of(head: str) -> list[str]:
    """What stands in a block of the Caddyfile between its braces, without remarks; `head` begins it."""
    lines = [line.strip() for line in CADDYFILE.read_text(encoding="utf-8").splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    first = next(nth for nth, line in enumerate(lines) if line.startswith(head) and line.endswith("{"))
    depth, inside = 1, []
    for line in lines[first + 1 :]:
        depth += line.endswith("{") - (line == "}")
        if not depth:
            return inside
        inside.append(line)
    raise AssertionError(head)


def test_the_name_for_answers_has_no_log_and_what_failed_there_is_not_logged_either():
    answers = lines_of("{$ANSWERS")
    assert answers
    assert [line for line in answers if line.split()[0] in {"log", "log_append", "log_name", "tracing"}] == []
    assert lines_of("log default") == ["exclude http.log.error http.handlers"]


def test_the_name_for_answers_takes_what_knows_nobody_and_nothing_else():
    answers = lines_of("{$ANSWERS")
    below = "|".join(prefix.strip("/") for prefix in PREFIXES)
    assert answers[0].startswith(f"@cookieless vars_regexp {{http.request.orig_uri}} ^/({below})/")
    assert [line for line in answers if line.startswith("handle")] == ["handle @cookieless {", "handle {"]
    assert answers[-3:] == ["handle {", "respond 404", "}"]
    proxied = [line for line in answers if line.startswith("reverse_proxy")]
    assert proxied == ["reverse_proxy {$UPSTREAM:127.0.0.1}:{$WEB_PORT:8000} {"]
    assert answers.index("handle @cookieless {") < answers.index(proxied[0]) < answers.index("handle {")
    assert {"header_up -User-Agent", "header_up -Accept-Language", "header_up -Referer"} <= set(answers)


def test_every_address_that_takes_no_cookie_passes_as_it_is_written_and_no_other():
    (pattern,) = [line.split(" ", 3)[3] for line in lines_of("{$ANSWERS") if line.startswith("@cookieless")]
    listed = (ROOT / "tests" / "addresses.txt").read_text(encoding="utf-8").splitlines()
    addresses = {line.split()[1] for line in listed if line.startswith(("GET ", "POST "))}
    below = {address for address in addresses if address.startswith(PREFIXES)}
    assert len(below) > 10
    assert {address for address in addresses if re.search(pattern, address)} == below


def test_containers_start_only_with_both_names():
    compose = COMPOSE.read_text(encoding="utf-8")
    for name in ("SITE", "ANSWERS"):
        assert re.search(rf"\$\{{{name}:\?Set {name} to [^}}]+, as \w+\.example\.org\}}", compose)
        assert not re.search(rf"\$\{{{name}:?-", compose), "a name that is missing has to be said"
    assert re.search(r"HEARD_BALLOT_URL: https://\$\{ANSWERS:\?", compose)


def test_every_way_to_start_containers_that_is_written_down_names_both():
    told, begins = (
        (ROOT / "docs" / "run" / "deploy.md").read_text(encoding="utf-8"),
        COMPOSE.read_text(encoding="utf-8"),
    )
    blocks = [
        *re.findall(r"```sh\n(.*?)```", told, re.DOTALL),
        *re.findall(r"^#.*compose.yaml up.*", begins, re.MULTILINE),
    ]
    starts = [block for block in blocks if re.search(r"docker compose .*\bup\b", block)]
    assert len(starts) == 3
    assert [block for block in starts if not re.search(r"\bSITE=\S.*\bANSWERS=\S", block)] == []


def test_nothing_of_a_request_is_gathered_in_the_memory_of_caddy():
    """It has no bounds of its own: Heard waits for whoever is slow, within bounds."""
    answers, pages = lines_of("{$ANSWERS"), lines_of("{$SITE")
    assert answers
    assert pages
    assert [line for line in answers + pages if "buffer" in line] == []
    stream = pages[pages.index("handle /stream {") + 1]
    assert stream.startswith("reverse_proxy")
    assert not stream.endswith("{"), "the stream is passed on as it comes"


def test_no_browser_hears_of_another_protocol_and_no_connection_is_for_two_names():
    servers = lines_of("servers")
    assert servers[:2] == ["protocols h1 h2", "strict_sni_host on"]
    assert lines_of("timeouts") == ["read_header 20s", "read_body 2h"]


def test_neither_a_crash_nor_the_swap_writes_down_what_was_in_memory():
    service = (ROOT / "deploy" / "systemd" / "heard.service").read_text(encoding="utf-8")
    assert re.search(r"^LimitCORE=0$", service, re.MULTILINE)
    assert re.search(r"^MemorySwapMax=0$", service, re.MULTILINE)
    heard = COMPOSE.read_text(encoding="utf-8").split("\n  caddy:")[0]
    assert re.search(r"^    ulimits:\n      core: 0$", heard, re.MULTILINE)
