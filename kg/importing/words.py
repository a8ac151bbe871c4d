"""Small pieces of references in their one form: years, pages, editions, languages."""

from __future__ import annotations

import re

_YEAR = re.compile(r"(?<![0-9])(1[4-9][0-9]{2}|20[0-9]{2})(?![0-9])")
_LANGUAGES = {
    "american": "en", "british": "en", "english": "en", "ukenglish": "en", "usenglish": "en", "australian": "en",
    "canadian": "en", "eng": "en", "german": "de", "ngerman": "de", "austrian": "de", "deu": "de", "ger": "de",
    "deutsch": "de", "french": "fr", "francais": "fr", "français": "fr", "fra": "fr", "fre": "fr", "spanish": "es",
    "español": "es", "spa": "es", "italian": "it", "italiano": "it", "ita": "it", "dutch": "nl", "nederlands": "nl",
    "nld": "nl", "dut": "nl", "portuguese": "pt", "brazil": "pt", "brazilian": "pt", "por": "pt", "swedish": "sv",
    "swe": "sv", "danish": "da", "dan": "da", "norwegian": "no", "norsk": "no", "nor": "no", "finnish": "fi",
    "fin": "fi", "polish": "pl", "pol": "pl", "russian": "ru", "rus": "ru", "chinese": "zh", "zho": "zh", "chi": "zh",
    "japanese": "ja", "jpn": "ja", "korean": "ko", "kor": "ko", "arabic": "ar", "ara": "ar", "turkish": "tr",
    "tur": "tr", "greek": "el", "ell": "el", "gre": "el", "czech": "cs", "ces": "cs", "cze": "cs", "welsh": "cy",
    "cym": "cy", "wel": "cy",
}  # fmt: skip


def year_of(text: str) -> str:
    """The first year in a date, as four digits; empty where there is none, such as “in press”.

    >>> year_of("2019/02/26/"), year_of("26 Feb 2019"), year_of("in press"), year_of("2014--2016")
    ('2019', '2019', '', '2014')
    """
    found = _YEAR.search(text[:200])
    return found[1] if found else ""


def pages_of(text: str) -> str:
    """Pages with one dash between the first and the last.

    >>> pages_of("467--486"), pages_of("12 - 15, 20"), pages_of("e1000097")
    ('467–486', '12–15, 20', 'e1000097')
    """
    return re.sub(r"\s*[-‐‑‒–—−]+\s*", "–", re.sub(r"^pp?\.? ", "", text.strip())).strip("–")


def edition_of(text: str) -> str:
    """An edition as it is printed: one told by its number alone gets the words around it.

    >>> edition_of("3"), edition_of("3rd"), edition_of("revised")
    ('3rd ed.', '3rd ed.', 'revised')
    """
    found = re.fullmatch(r"([0-9]{1,3})(?:st|nd|rd|th)? ?(?:ed|edn|edition)?\.?", text)
    if not found:
        return text
    number = found[1]
    last = "th" if number[-2:] in {"11", "12", "13"} else {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th")
    return f"{number}{last} ed."


def language_of(text: str) -> str:
    """The language that a word or tag means, as the first part of its tag; empty where it means none.

    >>> language_of("en-GB"), language_of("ngerman"), language_of("Klingon")
    ('en', 'de', '')
    """
    word = re.split(r"[-_,; ]", text.strip().lower())[0]
    if word in _LANGUAGES:
        return _LANGUAGES[word]
    return word if re.fullmatch(r"[a-z]{2}", word) else ""
