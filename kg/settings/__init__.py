"""Settings are data: a name in the environment, a default and a line of help each."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_data_path

from kg.errors import BadInput
from kg.settings.engine import EngineAddress, read_engine
from kg.settings.given import Given, is_loopback
from kg.settings.providers import Provider, read_providers

__all__ = [
    "REPLICA",
    "SETTINGS",
    "EngineAddress",
    "Provider",
    "Setting",
    "Settings",
    "read_settings",
    "refuse_unsafe",
    "resource",
]

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
    Setting(
        "PASSWORD_LIST",
        "",
        "A file of passwords that nobody may choose, one a line, such as those of a published leak. Empty: what the "
        "program itself knows to be common.",
    ),
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
    password_list: Path | None = None
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
        bare = replace(self, secret_key="", providers=(), mail_password="", password_list=None)
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
    given = Given({s.name: env.get(f"GAPBRIDGE_{s.name}") or s.default for s in SETTINGS})
    settings = _read(given)
    for part in (_with_serving, _with_people, _with_mail):
        settings = part(settings, given)
    return settings


def _read(given: Given) -> Settings:
    """The settings that have no default here: where the base is, where it is served, what a query may take."""
    return Settings(
        data=Path(given["DATA"]).expanduser().absolute() if given["DATA"] else user_data_path("gapbridge"),
        host=given["HOST"],
        port=given.number("PORT"),
        web_processes=given.number("WEB_PROCESSES"),
        memory_limit_quads=given.number("MEMORY_LIMIT_QUADS"),
        keep_snapshots=given.number("KEEP_SNAPSHOTS"),
        query_seconds=given.number("QUERY_SECONDS"),
        query_megabytes=given.number("QUERY_MEGABYTES"),
        query_result_megabytes=given.number("QUERY_RESULT_MEGABYTES"),
        query_processes=given.number("QUERY_PROCESSES"),
        query_waiting=given.number("QUERY_WAITING"),
        query_rate=given.number("QUERY_RATE"),
        updates=given.switch("UPDATES"),
        public_url=given.address("PUBLIC_URL"),
        database=given.real("DATABASE"),
        doi_resolver="" if given["DOI_RESOLVER"] == "off" else given.address("DOI_RESOLVER"),
        contact=given.contact("CONTACT"),
        engine=read_engine(given),
    )


def _with_serving(settings: Settings, given: Given) -> Settings:
    return replace(
        settings,
        proxies=given.number("PROXIES", least=0),
        plain_http=given.switch("PLAIN_HTTP"),
        stop_seconds=given.number("STOP_SECONDS"),
        metrics=given.choice("METRICS", ("off", "loopback", "on")),
        log=given.choice("LOG", ("plain", "json")),
        log_requests=given.choice("LOG_REQUESTS", ("errors", "all")),
        log_clients=given.choice("LOG_CLIENTS", ("off", "network", "full")),
    )


def _with_people(settings: Settings, given: Given) -> Settings:
    return replace(
        settings,
        password_list=given.file("PASSWORD_LIST"),
        open_registration=given.choice("REGISTRATION", ("invited", "open")) == "open",
        secret_key=given.key("SECRET_KEY"),
        providers=tuple(read_providers(given)),
        database_password=given.secret("DATABASE_PASSWORD"),
    )


def _with_mail(settings: Settings, given: Given) -> Settings:
    return replace(
        settings,
        mail_host=given["MAIL_HOST"],
        mail_port=given.number("MAIL_PORT"),
        mail_security=given.choice("MAIL_SECURITY", ("starttls", "tls", "none")),
        mail_from=given.mail_address("MAIL_FROM"),
        mail_user=given["MAIL_USER"],
        mail_password=given.secret("MAIL_PASSWORD"),
    )


def refuse_unsafe(settings: Settings) -> None:
    """Refuse to serve other machines in a way that lays open what people type.

    Raises:
        BadInput: the server would listen beyond this machine and is not reached by https.
    """
    if is_loopback(settings.host) or settings.public_url.startswith("https:") or settings.plain_http:
        return
    raise BadInput(
        f"The server would listen on {settings.host}, which other machines can reach, without https: passwords would "
        "travel as they are typed. Set GAPBRIDGE_PUBLIC_URL to its https address (a proxy such as nginx in front gives "
        "it one), or listen on 127.0.0.1, or say with GAPBRIDGE_PLAIN_HTTP=on that it shall be so."
    )


def resource(name: str) -> Path:
    """The folder `ontology` or `seed_data`: inside an installed package, else in the repository."""
    package = Path(__file__).parents[1]
    packed = package / "_data" / name
    return packed if packed.is_dir() else package.parent / name
