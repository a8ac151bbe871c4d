"""Settings are data: a name in the environment, a default and a line of help each."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_data_path

from kg.errors import BadInput

REPLICA = "replica.json"
"""Marks a data folder that `gapbridge replicate` fills: it is read there and never changed."""


@dataclass(frozen=True)
class Setting:
    """One setting: `GAPBRIDGE_` + name in the environment."""

    name: str
    default: str
    help: str


SETTINGS: tuple[Setting, ...] = (
    Setting("DATA", "", "Folder of the store. Empty: gapbridge in the user's data folder."),
    Setting("HOST", "127.0.0.1", "Address the server listens on."),
    Setting("PORT", "8080", "Port the server listens on."),
    Setting("WEB_PROCESSES", "1", "How many processes serve; they share what queries may take."),
    Setting(
        "PUBLIC_URL",
        "",
        "Where the server is reached, as https://data.example.org or https://example.org/gap (below a path of a host "
        "that it shares). Empty: as each request says.",
    ),
    Setting(
        "PLAIN_HTTP",
        "off",
        "on: serve other machines than this one though PUBLIC_URL does not begin with https. Passwords then travel as "
        "they are typed.",
    ),
    Setting("STOP_SECONDS", "15", "How long requests under way may take to end when the server is told to stop."),
    Setting(
        "METRICS",
        "off",
        "Who gets numbers for Prometheus at /metrics. off: nobody. loopback: programs on this machine that ask "
        "directly. on: whoever asks; let the proxy keep strangers out.",
    ),
    Setting(
        "LOG", "plain", "How the server's log is written, to standard error. plain: lines to read. json: JSON lines."
    ),
    Setting(
        "LOG_REQUESTS",
        "errors",
        "Which requests are logged. errors: those that the server could not answer (status 500 and above). all: each.",
    ),
    Setting(
        "LOG_CLIENTS",
        "off",
        "Which address of who asks is logged. off: none. network: the first half (/24, /48 for IPv6). full: the whole.",
    ),
    Setting(
        "PROXIES", "0", "How many proxies stand before the server; it believes what they say of who asks. 0: none."
    ),
    Setting("MEMORY_LIMIT_QUADS", "400000", "Up to this many statements readers hold the base in memory."),
    Setting("KEEP_SNAPSHOTS", "3", "How many published snapshots are kept."),
    Setting("QUERY_SECONDS", "10", "How long a query that a visitor wrote may run."),
    Setting("QUERY_MEGABYTES", "1024", "How much memory a query that a visitor wrote may take."),
    Setting("QUERY_RESULT_MEGABYTES", "64", "How large the answer to a query that a visitor wrote may be."),
    Setting("QUERY_PROCESSES", "6", "How many queries that visitors wrote run at once, each in a process of its own."),
    Setting("QUERY_WAITING", "200", "How many queries that visitors wrote may wait; one visitor may fill half of it."),
    Setting("QUERY_RATE", "600", "How many queries a minute one visitor may send."),
    Setting("UPDATES", "off", "on: holders of a token may change the base over HTTP (SPARQL Update, Graph Store)."),
    Setting("ENGINE", "", "Query address of a SPARQL 1.1 server that holds the base; replicas parted by spaces."),
    Setting("ENGINE_UPDATE", "", "Where it takes updates. Empty: where it takes queries."),
    Setting("ENGINE_GRAPHS", "", "Where it takes whole graphs (Graph Store). Empty: they are sent as updates."),
    Setting("ENGINE_AUTH", "none", "How to sign in there: none, basic, digest or bearer."),
    Setting("ENGINE_USER", "", "Name for basic and digest."),
    Setting("ENGINE_PASSWORD", "", "Its password."),
    Setting("ENGINE_PASSWORD_FILE", "", "A file that holds it."),
    Setting("ENGINE_TOKEN", "", "Token for bearer."),
    Setting("ENGINE_TOKEN_FILE", "", "A file that holds it."),
    Setting("ENGINE_SECONDS", "60", "How long one request of ours to it may take."),
    Setting("ENGINE_QUERIES", "engine", "What answers visitors' queries: engine, or mirror (this machine's own copy)."),
    Setting("DATABASE", "", "Address of the database of accounts and drafts. Empty: a SQLite file in DATA."),
    Setting("DATABASE_PASSWORD", "", "Its password, where the address shall not hold it."),
    Setting("DATABASE_PASSWORD_FILE", "", "A file that holds it."),
    Setting("REGISTRATION", "invited", "invited: an administrator invites people. open: whoever wants may contribute."),
    Setting("SECRET_KEY", "", "What signs the pages' forms, 32 characters or more. Empty: made once, kept in DATA."),
    Setting("SECRET_KEY_FILE", "", "A file that holds it."),
    Setting("ORCID_CLIENT_ID", "", "For signing in with ORCID: the client's id as ORCID gave it."),
    Setting("ORCID_CLIENT_SECRET", "", "Its secret."),
    Setting("ORCID_CLIENT_SECRET_FILE", "", "A file that holds it."),
    Setting("OIDC_ISSUER", "", "For signing in with another OpenID Connect provider: its issuer address."),
    Setting("OIDC_NAME", "", "How the pages call it; its host where nothing is given."),
    Setting("OIDC_CLIENT_ID", "", "The client's id as the provider gave it."),
    Setting("OIDC_CLIENT_SECRET", "", "Its secret."),
    Setting("OIDC_CLIENT_SECRET_FILE", "", "A file that holds it."),
    Setting("DOI_RESOLVER", "https://doi.org", "Where DOIs are looked up when somebody adds a source; off: nowhere."),
    Setting("MAIL_HOST", "", "Server that takes mail for those who follow something. Empty: no mail is sent."),
    Setting("MAIL_PORT", "587", "Its port."),
    Setting("MAIL_SECURITY", "starttls", "starttls, tls (from the first byte on) or none (on this machine alone)."),
    Setting("MAIL_FROM", "", "Address from which mail is sent."),
    Setting("MAIL_USER", "", "Name under which to sign in at the mail server. Empty: without signing in."),
    Setting("MAIL_PASSWORD", "", "Its password."),
    Setting("MAIL_PASSWORD_FILE", "", "A file that holds it."),
    Setting("CONTACT", "", "Mail or web address of who answers for this copy, shown on the page about it."),
)


_SHORTEST_KEY, _FEWEST_LETTERS = 32, 10
_MAKE_SECRET = "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"  # noqa: S105 - says how to make one
_PLACEHOLDER = re.compile(r"change[-_ ]?(me|this|it)|replace[-_ ]?(me|this|it)|(your|my)[-_ ]?secret|placeholder", re.I)
"""What stands for a secret in examples, here and elsewhere."""


@dataclass(frozen=True)
class Provider:
    """Somewhere else where people can sign in (OpenID Connect).

    Attributes:
        key: its part in addresses here.
        name: how the pages call it.
        issuer: as it calls itself.
        client_id, client_secret: as it calls us, and how it knows us.
    """

    key: str
    name: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True)
class EngineAddress:
    """A SPARQL 1.1 server that holds the base.

    Attributes:
        query, update, graphs: where it takes queries, updates and whole graphs; one of each for every replica, the one
            to ask first in front. No `graphs`: these are sent as updates.
        auth: `none`, `basic`, `digest` or `bearer`.
        user, password: for `basic` and `digest`.
        token: for `bearer`.
        seconds: how long one request of ours may take.
        answers: whether it answers visitors' queries; otherwise this machine's own copy does.
    """

    query: tuple[str, ...]
    update: tuple[str, ...]
    graphs: tuple[str, ...] = ()
    auth: str = "none"
    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    seconds: int = 60
    answers: bool = True


@dataclass(frozen=True)
class Settings:
    """The settings in force, read once at the edge and handed down."""

    data: Path
    host: str
    port: int
    web_processes: int
    memory_limit_quads: int
    keep_snapshots: int
    query_seconds: int
    query_megabytes: int
    query_result_megabytes: int
    query_processes: int
    query_waiting: int
    query_rate: int
    updates: bool
    public_url: str
    database: str = field(repr=False)  # its address may hold a password
    doi_resolver: str
    contact: str
    proxies: int = 0
    open_registration: bool = False
    secret_key: str = field(default="", repr=False)
    providers: tuple[Provider, ...] = ()
    mail_host: str = ""
    mail_port: int = 587
    mail_security: str = "starttls"
    mail_from: str = ""
    mail_user: str = ""
    mail_password: str = field(default="", repr=False)
    database_password: str = field(default="", repr=False)
    plain_http: bool = False
    stop_seconds: int = 15
    metrics: str = "off"
    log: str = "plain"
    log_requests: str = "errors"
    log_clients: str = "off"
    engine: EngineAddress | None = None

    @property
    def prefix(self) -> str:
        """The path below which the site stands on its host, as `/gap`; empty where it has a host of its own."""
        return urlsplit(self.public_url).path.rstrip("/")

    @property
    def without_secrets(self) -> Settings:
        """What a process may know that tries what strangers wrote."""
        bare = replace(self, secret_key="", providers=(), mail_password="")
        return replace(bare, database="", database_password="", engine=None)


def read_settings(environ: Mapping[str, str] | None = None, override: Mapping[str, str] | None = None) -> Settings:
    """The settings from the environment.

    Args:
        environ: the environment; the process's own where none is given.
        override: what the command line said instead, by the same names.

    Raises:
        BadInput: a number is not one, or is below 1; a switch is neither on nor off; an address is not one.
    """
    env = {**(os.environ if environ is None else environ), **(override or {})}
    text = {s.name: env.get(f"GAPBRIDGE_{s.name}") or s.default for s in SETTINGS}
    return Settings(
        data=Path(text["DATA"]).expanduser().absolute() if text["DATA"] else user_data_path("gapbridge"),
        host=text["HOST"],
        port=_number(text, "PORT"),
        web_processes=_number(text, "WEB_PROCESSES"),
        proxies=_number(text, "PROXIES", least=0),
        memory_limit_quads=_number(text, "MEMORY_LIMIT_QUADS"),
        keep_snapshots=_number(text, "KEEP_SNAPSHOTS"),
        query_seconds=_number(text, "QUERY_SECONDS"),
        query_megabytes=_number(text, "QUERY_MEGABYTES"),
        query_result_megabytes=_number(text, "QUERY_RESULT_MEGABYTES"),
        query_processes=_number(text, "QUERY_PROCESSES"),
        query_waiting=_number(text, "QUERY_WAITING"),
        query_rate=_number(text, "QUERY_RATE"),
        updates=_switch(text, "UPDATES"),
        public_url=_address(text, "PUBLIC_URL"),
        database=_real("DATABASE", text["DATABASE"]),
        doi_resolver="" if text["DOI_RESOLVER"] == "off" else _address(text, "DOI_RESOLVER"),
        contact=_contact(text),
        open_registration=_choice(text, "REGISTRATION", ("invited", "open")) == "open",
        secret_key=_secret_key(text),
        providers=tuple(_providers(text)),
        mail_host=text["MAIL_HOST"],
        mail_port=_number(text, "MAIL_PORT"),
        mail_security=_choice(text, "MAIL_SECURITY", ("starttls", "tls", "none")),
        mail_from=_sender(text),
        mail_user=text["MAIL_USER"],
        mail_password=_secret(text, "MAIL_PASSWORD"),
        database_password=_secret(text, "DATABASE_PASSWORD"),
        plain_http=_switch(text, "PLAIN_HTTP"),
        stop_seconds=_number(text, "STOP_SECONDS"),
        metrics=_choice(text, "METRICS", ("off", "loopback", "on")),
        log=_choice(text, "LOG", ("plain", "json")),
        log_requests=_choice(text, "LOG_REQUESTS", ("errors", "all")),
        log_clients=_choice(text, "LOG_CLIENTS", ("off", "network", "full")),
        engine=_engine(text),
    )


def refuse_unsafe(settings: Settings) -> None:
    """Refuse to serve other machines in a way that lays open what people type.

    Raises:
        BadInput: the server would listen beyond this machine and is not reached by https.
    """
    if _is_loopback(settings.host) or settings.public_url.startswith("https:") or settings.plain_http:
        return
    raise BadInput(
        f"The server would listen on {settings.host}, which other machines can reach, without https: passwords would "
        "travel as they are typed. Set GAPBRIDGE_PUBLIC_URL to its https address (a proxy such as nginx in front gives "
        "it one), or listen on 127.0.0.1, or say with GAPBRIDGE_PLAIN_HTTP=on that it shall be so."
    )


def _number(text: Mapping[str, str], name: str, least: int = 1) -> int:
    if not (text[name].isascii() and text[name].isdigit()) or int(text[name]) < least:
        raise BadInput(f"GAPBRIDGE_{name} must be a whole number from {least} on, not “{text[name]}”.")
    return int(text[name])


def _switch(text: Mapping[str, str], name: str) -> bool:
    if text[name] not in ("on", "off"):
        raise BadInput(f"GAPBRIDGE_{name} must be on or off, not “{text[name]}”.")
    return text[name] == "on"


def _address(text: Mapping[str, str], name: str) -> str:
    if text[name] and not re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9._~/-]*)?", text[name]):
        raise BadInput(f"GAPBRIDGE_{name} must be an address such as https://data.example.org, not “{text[name]}”.")
    return text[name].rstrip("/")


def _choice(text: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    if text[name] not in known:
        raise BadInput(f"GAPBRIDGE_{name} must be {' or '.join(known)}, not “{text[name]}”.")
    return text[name]


def _secret(text: Mapping[str, str], name: str) -> str:
    """A secret that stands in the environment, or in the file that it names."""
    file, secret = text[f"{name}_FILE"], text[name]
    if file:
        try:
            secret = Path(file).expanduser().read_text(encoding="utf-8").strip()
        except (OSError, UnicodeError) as error:
            raise BadInput(f"GAPBRIDGE_{name}_FILE names a file that cannot be read: {error}") from error
    return _real(name, secret)


def _real(name: str, secret: str) -> str:
    if _PLACEHOLDER.search(secret):
        raise BadInput(f"GAPBRIDGE_{name} holds what an example says, not a secret. Make one: {_MAKE_SECRET}")
    return secret


def _secret_key(text: Mapping[str, str]) -> str:
    key = _secret(text, "SECRET_KEY")
    if key and (len(key) < _SHORTEST_KEY or len(set(key)) < _FEWEST_LETTERS):
        raise BadInput(
            f"GAPBRIDGE_SECRET_KEY must have at least {_SHORTEST_KEY} characters, {_FEWEST_LETTERS} of them different. "
            f"Make one: {_MAKE_SECRET}"
        )
    return key


def _providers(text: Mapping[str, str]) -> Iterator[Provider]:
    """Providers that are known by their issuer and by a client's id."""
    if text["ORCID_CLIENT_ID"]:
        secret = _secret(text, "ORCID_CLIENT_SECRET")
        yield Provider("orcid", "ORCID", "https://orcid.org", text["ORCID_CLIENT_ID"], secret)
    issuer = text["OIDC_ISSUER"]
    if not issuer:
        return
    host = urlsplit(issuer).hostname or ""
    if not _address(text, "OIDC_ISSUER") or not (issuer.startswith("https:") or _is_loopback(host)):
        raise BadInput("GAPBRIDGE_OIDC_ISSUER must be an address that begins with https.")
    if not text["OIDC_CLIENT_ID"]:
        raise BadInput("GAPBRIDGE_OIDC_ISSUER needs GAPBRIDGE_OIDC_CLIENT_ID beside it.")
    secret = _secret(text, "OIDC_CLIENT_SECRET")
    yield Provider("provider", text["OIDC_NAME"] or host, issuer, text["OIDC_CLIENT_ID"], secret)


def _engine(text: Mapping[str, str]) -> EngineAddress | None:
    """The SPARQL server that holds the base, where one is named."""
    query = _addresses(text, "ENGINE")
    if not query:
        return None
    update, graphs = _addresses(text, "ENGINE_UPDATE") or query, _addresses(text, "ENGINE_GRAPHS")
    if len(update) != len(query) or len(graphs) not in (0, len(query)):
        raise BadInput("GAPBRIDGE_ENGINE, …_UPDATE and …_GRAPHS must name as many addresses: one for each replica.")
    auth = _choice(text, "ENGINE_AUTH", ("none", "basic", "digest", "bearer"))
    password, token = _secret(text, "ENGINE_PASSWORD"), _secret(text, "ENGINE_TOKEN")
    if auth in ("basic", "digest") and not text["ENGINE_USER"]:
        raise BadInput(f"GAPBRIDGE_ENGINE_AUTH={auth} needs GAPBRIDGE_ENGINE_USER beside it.")
    if auth == "bearer" and not token:
        raise BadInput("GAPBRIDGE_ENGINE_AUTH=bearer needs GAPBRIDGE_ENGINE_TOKEN or its file beside it.")
    return EngineAddress(
        query,
        update,
        graphs,
        auth,
        text["ENGINE_USER"],
        password,
        token,
        _number(text, "ENGINE_SECONDS"),
        _choice(text, "ENGINE_QUERIES", ("engine", "mirror")) == "engine",
    )


def _addresses(text: Mapping[str, str], name: str) -> tuple[str, ...]:
    found = tuple(text[name].split())
    for address in found:
        if not re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]+(/[^\s<>\"#]*)?", address):
            raise BadInput(f"GAPBRIDGE_{name} must be an address such as http://127.0.0.1:3030/gapbridge/query.")
    return found


def _is_loopback(host: str) -> bool:
    return host in ("localhost", "::1") or host.startswith("127.")


def _sender(text: Mapping[str, str]) -> str:
    if text["MAIL_FROM"] and not re.fullmatch(r"[^\s<>\"@:?]+@[^\s<>\"@:?]+", text["MAIL_FROM"]):
        raise BadInput(f"GAPBRIDGE_MAIL_FROM must be a mail address, not “{text['MAIL_FROM']}”.")
    return text["MAIL_FROM"]


def _contact(text: Mapping[str, str]) -> str:
    if text["CONTACT"] and not re.fullmatch(r"https?://[^\s<>\"]+|[^\s<>\"@:?]+@[^\s<>\"@:?]+", text["CONTACT"]):
        raise BadInput(f"GAPBRIDGE_CONTACT must be a mail or web address, not “{text['CONTACT']}”.")
    return text["CONTACT"]


def resource(name: str) -> Path:
    """The folder `ontology` or `seed_data`: inside an installed package, else in the repository."""
    packed = Path(__file__).parent / "_data" / name
    return packed if packed.is_dir() else Path(__file__).parent.parent / name
