"""What a DOI stands for, as its registrar tells: CSL-JSON by content negotiation.

The resolver sends on to the registrar, and that may be any host: so each step is checked before it is taken. Only
https is followed, a host name is resolved once, every address it has must be a public one, and the connection goes to
just that address. Only the configured resolver itself may be reached otherwise. Answers are taken up to a size, in a
given time. Source: Crossref and DataCite, “Content negotiation”; OWASP, “Server-Side Request Forgery Prevention”.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from urllib.parse import quote, urljoin, urlsplit

import httpx2

from kg.errors import BadInput, LookupFailed
from kg.importing import csl
from kg.importing.identifiers import doi_of
from kg.importing.references import Reference
from kg.numbers import whole_number
from kg.settings import Settings

ACCEPT = "application/vnd.citationstyles.csl+json, application/json;q=0.5"
LARGEST_BYTES, MOST_STEPS, TRIES = 2_000_000, 6, 3
SECONDS, STEP_SECONDS, LONGEST_PAUSE = 20.0, 8.0, 4.0
"""For all of it, for one step, and between two tries."""
_REDIRECTS = (301, 302, 303, 307, 308)
_BY_HAND = "Fill in the form by hand; the DOI is kept."
_NO_ADDRESS = f"The registrar sends on to an address that is none. {_BY_HAND}"


@dataclass(frozen=True)
class _Step:
    """An address to ask, with the place its host has.

    Attributes:
        url: the address with the host's number in place of its name.
        host: the name, for the Host header and the certificate.
    """

    url: str
    host: str
    name: str


class Registrar:
    """Asks what DOIs stand for.

    Args:
        settings: where the resolver is, and whom registrars may write to.
        pause: waits so many seconds; tests hand in their own.
    """

    def __init__(self, settings: Settings, pause: Callable[[float], None] = time.sleep) -> None:
        self._resolver, self._pause = settings.doi_resolver, pause
        contact = f"mailto:{settings.contact}" if "@" in settings.contact else settings.contact
        self._agent = f"Gapbridge/{version('gapbridge')}{f' ({contact})' if contact else ''}"

    @property
    def is_on(self) -> bool:
        """Whether DOIs are looked up at all."""
        return bool(self._resolver)

    def look_up(self, text: str) -> Reference:
        """The work that a DOI stands for.

        Raises:
            BadInput: the text is no DOI.
            LookupFailed: nobody answered, nobody knows it, or the answer is of no use.
        """
        doi = doi_of(text)
        if not doi:
            raise BadInput("This is no DOI. A DOI begins with “10.” and has a slash, such as 10.1000/182.")
        if not self._resolver:
            raise LookupFailed(f"Looking up DOIs is switched off here. {_BY_HAND}")
        data = self._ask(f"{self._resolver}/{quote(doi, safe='/:;()')}")
        try:
            reference = csl.parse(_record(data))
        except BadInput as error:
            raise LookupFailed(f"The registrar's answer is no reference. {_BY_HAND}") from error
        found = Reference(**{**vars(reference), "doi": doi, "key": ""})
        if not found.title:
            raise LookupFailed(f"The registrar tells no title for this DOI. {_BY_HAND}")
        return found

    def _ask(self, url: str) -> bytes:
        ends = time.monotonic() + SECONDS
        reason, wait = "", 0.0
        for attempt in range(TRIES):
            if attempt:
                self._pause(min(wait, LONGEST_PAUSE, max(0.0, ends - time.monotonic())))
            try:
                status, wait, data = self._follow(url, ends)
            except (httpx2.TransportError, OSError) as error:
                reason, wait = f"The registrar cannot be reached ({type(error).__name__}).", 2.0**attempt / 2
                continue
            if status == 200:
                return data
            if status in (404, 410):
                raise LookupFailed(f"No registrar knows this DOI. Look whether it is typed rightly. {_BY_HAND}")
            reason = f"The registrar cannot answer just now (status {status})."
            if status != 429 and status < 500:
                break
            wait = wait or 2.0**attempt / 2
        raise LookupFailed(f"{reason} {_BY_HAND}")

    def _follow(self, url: str, ends: float) -> tuple[int, float, bytes]:
        """The last answer on the way from an address: its status, how long it asks to wait, its body."""
        with httpx2.Client(timeout=STEP_SECONDS, trust_env=False) as client:
            for _ in range(MOST_STEPS):
                step = self._checked(url)
                headers = {"Host": step.host, "Accept": ACCEPT, "User-Agent": self._agent,
                           "Accept-Encoding": "identity"}  # fmt: skip
                more = {"sni_hostname": step.name}
                with client.stream("GET", step.url, headers=headers, extensions=more) as answer:
                    if answer.status_code not in _REDIRECTS:
                        return answer.status_code, _wait(answer), _body(answer, ends)
                    url = _next(url, answer.headers.get("Location", ""))
        raise LookupFailed(f"The registrar sends on and on. {_BY_HAND}")

    def _checked(self, url: str) -> _Step:
        """The next step, once it is sure that it leads nowhere it must not.

        Raises:
            LookupFailed: it does.
        """
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            raise LookupFailed(_NO_ADDRESS) from None
        own = url == self._resolver or url.startswith(self._resolver + "/")
        if (parts.scheme != "https" and not own) or parts.username or not host:
            raise LookupFailed(f"The registrar sends on to an address that is not followed. {_BY_HAND}")
        number = _number(host, port or (443 if parts.scheme == "https" else 80), public=not own)
        place = f"[{number}]" if ":" in number else number
        return _Step(parts._replace(netloc=f"{place}:{port}" if port else place, fragment="").geturl(),
                     f"{host}:{port}" if port else host, host)  # fmt: skip


def _next(url: str, told: str) -> str:
    try:
        return urljoin(url, told)
    except ValueError:
        raise LookupFailed(_NO_ADDRESS) from None


def _number(host: str, port: int, *, public: bool) -> str:
    found = [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if public and not all(_is_public(number) for number in found):
        raise LookupFailed(f"The registrar sends on to a place inside a network. It is not followed. {_BY_HAND}")
    return found[0]


def _is_public(number: str) -> bool:
    address = ipaddress.ip_address(number.partition("%")[0])
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    return address.is_global and not address.is_multicast and (inner is None or inner.is_global)


def _body(answer: httpx2.Response, ends: float) -> bytes:
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        raise LookupFailed(f"The registrar answers in a form that was not asked for. {_BY_HAND}")
    data = b""
    for block in answer.iter_raw(65_536):
        data += block
        if len(data) > LARGEST_BYTES or time.monotonic() > ends:
            raise LookupFailed(f"The registrar's answer is too large or too slow. {_BY_HAND}")
    return data


def _wait(answer: httpx2.Response) -> float:
    return float(whole_number(answer.headers.get("Retry-After", ""), 4) or 0)


def _record(data: bytes) -> csl.Record:
    try:
        records = csl.read_json(data.decode())
    except (UnicodeDecodeError, BadInput) as error:
        raise LookupFailed(f"The registrar's answer is no CSL-JSON. {_BY_HAND}") from error
    return records[0] if records else {}
