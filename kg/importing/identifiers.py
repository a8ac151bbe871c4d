"""Identifiers in their one form, so that two ways of writing the same are the same."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit, urlunsplit

_DOI = re.compile(r"10\.[0-9]{4,9}/[^\s\"]{1,500}")
_BEFORE = re.compile(r"^(?:https?://(?:(?:dx|www)\.)?doi\.org/|doi\s*:?\s*|info:doi/|urn:doi:)", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`]{3,2000}", re.IGNORECASE)
_PAIRS = {")": "(", "]": "[", ">": "<"}
DOI_ADDRESS = "https://doi.org/"


def doi_of(text: str) -> str:
    """The DOI in a text that is meant to be one, however it is written; empty where it is none.

    >>> doi_of("https://dx.doi.org/10.1017/S0047279414000865")
    '10.1017/S0047279414000865'
    >>> doi_of("DOI: 10.1080/25741292.2018.1540378.")
    '10.1080/25741292.2018.1540378'
    >>> doi_of("not known")
    ''
    """
    text = text.strip()[:2_100]
    bare = _BEFORE.sub("", text)
    if "%" in bare and bare != text:
        bare = unquote(bare)
    found = _DOI.match(bare)
    return _closed(found[0]) if found else ""


def _closed(doi: str) -> str:
    """Without what belongs to the sentence around it: full stops, and brackets that were opened outside."""
    doi = doi.rstrip(".,;:'")
    while doi.endswith(tuple(_PAIRS)) and doi.count(_PAIRS[doi[-1]]) < doi.count(doi[-1]):
        doi = doi[:-1].rstrip(".,;:'")
    return doi


def doi_key(doi: str) -> str:
    """A DOI as it is compared: ASCII letters in lower case (ISO 26324: case does not distinguish DOIs)."""
    return doi.lower()


def doi_address(doi: str) -> str:
    """The address of a DOI; what no address can hold is written with percent signs."""
    return DOI_ADDRESS + "".join(_escaped(letter) for letter in doi)


def _escaped(letter: str) -> str:
    fine = letter.isalnum() or letter in "-._~:/?@!$&'()*+,;="
    return letter if fine else "".join(f"%{byte:02X}" for byte in letter.encode())


def isbn_of(text: str) -> str:
    """The first ISBN in a text as 13 digits; empty where there is none, or its check digit is wrong.

    >>> isbn_of("0-87154-526-8 (pbk.)"), isbn_of("978-0-87154-526-2"), isbn_of("0140-6736")
    ('9780871545268', '9780871545262', '')
    """
    for found in re.finditer(r"(?<![0-9])(?:97[89][- ]?)?(?:[0-9][- ]?){9}[0-9Xx](?![0-9])", text[:500]):
        digits = re.sub(r"[- ]", "", found[0]).upper()
        if len(digits) == 13 and _check13(digits[:12]) == digits[12]:
            return digits
        if len(digits) == 10 and _sound10(digits):
            return f"978{digits[:9]}{_check13('978' + digits[:9])}"
    return ""


def _check13(twelve: str) -> str:
    return str(-sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve)) % 10)


def _sound10(digits: str) -> bool:
    values = [10 if digit == "X" else int(digit) for digit in digits]
    return sum(value * (10 - place) for place, value in enumerate(values)) % 11 == 0


def url_of(text: str) -> str:
    """A web address in full; empty where the text is none, such as one of a script or a file."""
    found = _WEB.fullmatch(text.strip())
    try:
        return found[0] if found and urlsplit(found[0]).hostname else ""
    except ValueError:  # a bracket that opens no IPv6 address
        return ""


def url_key(url: str) -> str:
    """A web address as it is compared: without scheme, “www.”, a closing slash and a fragment."""
    parts = urlsplit(url)
    host = (parts.netloc or "").lower().removeprefix("www.").removesuffix(":80").removesuffix(":443")
    return urlunsplit(("", host, parts.path.rstrip("/"), parts.query, "")).removeprefix("//")
