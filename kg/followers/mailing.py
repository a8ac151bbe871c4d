"""News as mail, where a mail server is set up: one mail a person, never for the same revision twice.

Source of the form: RFC 5322; the names of the headers against answers by machines: RFC 3834.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from kg.contributing import home, index
from kg.database import Database
from kg.errors import BadInput
from kg.followers.following import Followers
from kg.followers.following import Reader as Person
from kg.followers.news import News, news_of
from kg.newest import searching
from kg.settings import Settings

_SECONDS = 20


@dataclass(frozen=True)
class Delivered:
    """What came of mailing the news.

    Attributes:
        sent: how many mails went out.
        failed: why others did not, in words; they are tried again the next time.
        whole: whether everybody's turn came.
    """

    sent: int
    failed: tuple[str, ...]
    whole: bool = True


def mail_is_set_up(settings: Settings) -> bool:
    """Whether there is a server that takes mail."""
    return bool(settings.mail_host)


def deliver(settings: Settings, database: Database, go_on: Callable[[], bool] = lambda: True) -> Delivered:
    """Mail to everybody the news that they have not been mailed yet.

    Args:
        settings, database: whose people, and which server takes their mail.
        go_on: asked before each mail; those left out get theirs the next time.

    Raises:
        BadInput: no mail server, or no sender, is set up.
        DatabaseUnavailable, StoreMissing, StoreDamaged: as the words say.
    """
    if not mail_is_set_up(settings) or not settings.mail_from:
        raise BadInput("Set GAPBRIDGE_MAIL_HOST and GAPBRIDGE_MAIL_FROM to send mail.")
    reader = home(settings).reader(settings.memory_limit_quads)
    followers, search, past = Followers(database), searching(settings, reader), index(settings)
    sent, failed = 0, list[str]()
    for person, follows in followers.waiting(reader.revision):
        if not go_on():
            return Delivered(sent, tuple(failed), whole=False)
        if not followers.claim(follows, reader.revision):
            continue
        found = [news_of(reader, search, past, follow, follow.mailed) for follow in follows]
        found = [news for news in found if news.revisions]
        if not found:
            continue
        try:
            _send(settings, _mail(settings, person, found))
            sent += 1
        except (OSError, smtplib.SMTPException) as error:
            followers.give_back(follows, reader.revision)
            failed.append(f"{person.mail}: {error}")
    return Delivered(sent, tuple(failed))


def _mail(settings: Settings, person: Person, found: Sequence[News]) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = settings.mail_from, person.mail
    mail["Subject"] = "Gapbridge: news of " + _plain(found[0].title if len(found) == 1 else f"{len(found)} things")
    mail["Date"], mail["Message-ID"] = formatdate(), make_msgid(domain=settings.mail_from.rpartition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(_text(settings, found))
    return mail


def _text(settings: Settings, found: Sequence[News]) -> str:
    lines = ["This has changed in what you follow:", ""]
    for news in found:
        lines.append(news.title[:1].upper() + news.title[1:])
        for told in news.revisions:
            lines.append(f"  Revision {told.number}, {told.at[:10]}, by {told.by}: {told.message}")
            lines += [f"    {settings.public_url}/revision/{told.number}"] if settings.public_url else []
        lines.append("")
    lines.append(f"What you follow, and how to end it: {settings.public_url}/account/notices")
    return "\n".join(lines)


def _plain(text: str) -> str:
    """On one line: a header holds no more."""
    return " ".join(text.split())[:120]


def _send(settings: Settings, mail: EmailMessage) -> None:
    context = ssl.create_default_context()
    if settings.mail_security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            settings.mail_host, settings.mail_port, timeout=_SECONDS, context=context
        )
    else:
        server = smtplib.SMTP(settings.mail_host, settings.mail_port, timeout=_SECONDS)
    with server:
        if settings.mail_security == "starttls":
            server.starttls(context=context)
        if settings.mail_user:
            server.login(settings.mail_user, settings.mail_password)
        server.send_message(mail)
