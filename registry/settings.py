"""Settings from the environment; refuses to start when one is missing or wrong."""

import base64
import os
from dataclasses import dataclass, field
from pathlib import Path

from environs import Env, EnvError
from flask import current_app

KEY_BYTES = 32
SOURCES = ("company_register", "trademark", "icp", "licence", "real_name", "app")
ENGINES = ("duckdb", "spark")
SMTP_PORTS = {"none": 25, "starttls": 587, "tls": 465}


class SettingsError(Exception):
    """A setting is missing or wrong; the message names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Mail:
    """The SMTP server through which notices leave. `security`: none, starttls or tls."""

    host: str
    port: int
    security: str
    sender: str
    user: str = ""
    password: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs from one place to another.

    `encryption_key`: 32 bytes for AES-GCM; `hashing_key`: 32 bytes for keyed hashes of personal values.
    """

    database_url: str
    data: Path
    port: int
    secret_key: str
    encryption_key: bytes
    hashing_key: bytes
    secure_cookies: bool
    largest_request: int  # bytes
    mail: Mail | None = None  # None: no notice leaves by mail
    base_url: str = ""  # under which people open the console, for links in mail
    webhooks_private: bool = False  # whether webhooks may go to private networks
    connectors: dict[str, str] = field(default_factory=dict)  # kind of source -> address that is asked
    connector_token: str = ""  # said to connectors as a bearer token
    engine: str = "duckdb"  # what the rules run on: one of ENGINES
    spark: str = "local[2]"  # Spark's master
    judge_changed: bool = False  # whether days on which something was counted are judged again by themselves

    @property
    def facts(self) -> Path:
        """Where the usage facts lie."""
        return self.data / "facts"

    @property
    def papers(self) -> Path:
        """Where uploaded papers lie."""
        return self.data / "papers"


def data_folder() -> Path:
    """The folder of everything that is not in PostgreSQL: `REGISTRY_DATA`, else `var/` in the checkout."""
    default = Path(__file__).resolve().parents[1] / "var"
    return Path(os.environ.get("REGISTRY_DATA") or default).absolute()


def from_environment(database_url: str | None = None) -> Settings:
    """The settings.

    Raises SettingsError naming the variable.
    """
    env = Env()
    try:
        url = database_url or env.str("DATABASE_URL")
        return Settings(
            database_url=_with_driver(url),
            data=data_folder(),
            port=env.int("REGISTRY_PORT", 8000),
            secret_key=env.str("REGISTRY_SECRET_KEY"),
            encryption_key=_key("REGISTRY_ENCRYPTION_KEY", env.str("REGISTRY_ENCRYPTION_KEY")),
            hashing_key=_key("REGISTRY_HASHING_KEY", env.str("REGISTRY_HASHING_KEY")),
            secure_cookies=env.bool("REGISTRY_SECURE_COOKIES", default=False),
            largest_request=env.int("REGISTRY_LARGEST_REQUEST", 8 * 1024 * 1024),
            mail=_mail(env),
            base_url=env.str("REGISTRY_BASE_URL", "").rstrip("/"),
            webhooks_private=env.bool("REGISTRY_WEBHOOKS_PRIVATE", default=False),
            connectors=_connectors(env.str("REGISTRY_CONNECTORS", "")),
            connector_token=env.str("REGISTRY_CONNECTOR_TOKEN", ""),
            engine=_engine(env.str("REGISTRY_ENGINE", "duckdb")),
            spark=env.str("REGISTRY_SPARK", "local[2]"),
            judge_changed=env.bool("REGISTRY_JUDGE_CHANGED", default=False),
        )
    except EnvError as error:
        raise SettingsError(f"{error}. The README lists all settings.") from error


def _mail(env: Env) -> Mail | None:
    host = env.str("REGISTRY_SMTP_HOST", "")
    if not host:
        return None
    security = env.str("REGISTRY_SMTP_SECURITY", "starttls")
    if security not in SMTP_PORTS:
        raise SettingsError(f"REGISTRY_SMTP_SECURITY: one of {', '.join(SMTP_PORTS)}")
    return Mail(
        host=host,
        port=env.int("REGISTRY_SMTP_PORT", SMTP_PORTS[security]),
        security=security,
        sender=env.str("REGISTRY_MAIL_FROM"),
        user=env.str("REGISTRY_SMTP_USER", ""),
        password=env.str("REGISTRY_SMTP_PASSWORD", ""),
    )


def _connectors(text: str) -> dict[str, str]:
    """`company_register=https://…,trademark=https://…`"""
    pairs = [each.strip().partition("=") for each in text.split(",") if each.strip()]
    found = {name.strip(): address.strip() for name, _, address in pairs}
    wrong = [name for name, address in found.items() if name not in SOURCES or not address.startswith("http")]
    if wrong:
        raise SettingsError(
            f"REGISTRY_CONNECTORS: {wrong[0]!r}: write KIND=ADDRESS, the kind one of {', '.join(SOURCES)}"
        )
    return found


def _engine(name: str) -> str:
    if name not in ENGINES:
        raise SettingsError(f"REGISTRY_ENGINE: one of {', '.join(ENGINES)}")
    return name


def _with_driver(url: str) -> str:
    for scheme in ("postgres://", "postgresql://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    if url.startswith("postgresql+psycopg://"):
        return url
    raise SettingsError("DATABASE_URL: only PostgreSQL is possible, like postgresql://user@host/name")


def _key(name: str, text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise SettingsError(f"{name}: 32 bytes in base64 are needed, like `openssl rand -base64 32` makes them")
    return key


def current() -> Settings:
    """The settings of the running application."""
    settings: Settings = current_app.extensions["registry-settings"]
    return settings
