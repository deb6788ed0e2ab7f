"""Every setting, in one file; what differs between installations comes from the environment (docs/run/settings.md)."""

import contextlib
import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.csp import CSP

from heard.config import env

PACKAGE = Path(__file__).resolve().parent.parent
CHECKOUT = PACKAGE.parent.parent

# -- Where things lie ------------------------------------------------------------------------------------------------

HEARD_DATA = env.folder("HEARD_DATA", (CHECKOUT if (CHECKOUT / "pyproject.toml").exists() else Path.cwd()) / "var")
HEARD_FILES = env.folder("HEARD_FILES", HEARD_DATA / "files")
HEARD_PORT = env.number("PORT", 8000, least=1, most=65534)
HEARD_BIND = env.address("HEARD_BIND", "127.0.0.1")
HEARD_WEB_WORKERS = env.number("HEARD_WEB_WORKERS", os.cpu_count() or 1, least=1, most=64)
HEARD_URL = env.origin("HEARD_URL", f"http://localhost:{HEARD_PORT}")
HEARD_HAS_ADDRESS = bool(env.text("HEARD_URL"))
HEARD_STREAM_PORT = HEARD_PORT + 1
HEARD_STREAM_URL = env.origin("HEARD_STREAM_URL")
HEARD_BALLOT_URL = env.origin("HEARD_BALLOT_URL", HEARD_URL)
REDIS_URL = env.redis_url("REDIS_URL")
DATABASES = {"default": env.database("DATABASE_URL", HEARD_DATA / "heard.sqlite3")}

HEARD_ORGANISATION = env.text("HEARD_ORGANISATION", "Heard")
HEARD_UPLOAD_MB = env.number("HEARD_UPLOAD_MB", 25, least=1, most=2000)
HEARD_GROUP_MIN = env.number("HEARD_GROUP_MIN", 7, least=5, most=100)
HEARD_TOKEN_WAIT = env.span("HEARD_TOKEN_WAIT", (3_600, 86_400), least=1, most=604_800)
HEARD_PREVIEWS = env.flag("HEARD_PREVIEWS", default=True)
HEARD_OUTBOUND_ALLOW = env.places("HEARD_OUTBOUND_ALLOW")
HEARD_PUSH_ALLOW = env.places("HEARD_PUSH_ALLOW")
HEARD_REPORTS_FROM_OUTSIDE = env.flag("HEARD_REPORTS_FROM_OUTSIDE", default=False)


def kept_secret(name: str) -> str:
    """The secret `name` from the environment, or one made once and kept in the data folder."""
    if value := env.text(name):
        if len(value) < 32:
            raise env.WrongEnvironment(f"{name} must have at least 32 characters.")
        return value
    path = env.folder("HEARD_KEYS", HEARD_DATA / "keys") / name.lower()
    if not path.exists():
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)  # whole or not at all, also where several processes start at once
        fresh.unlink()
    return path.read_text(encoding="utf-8")


# -- Security --------------------------------------------------------------------------------------------------------

SECRET_KEY = kept_secret("SECRET_KEY")
HEARD_PUSH_KEY = kept_secret("HEARD_PUSH_KEY")
HEARD_BALLOT_KEY = kept_secret("HEARD_BALLOT_KEY")
DEBUG = False
HTTPS = HEARD_URL.startswith("https://")
OWN_HOSTS = [urlsplit(url).hostname or "" for url in (HEARD_URL, HEARD_BALLOT_URL)]
OWN_HOSTS = list(dict.fromkeys([*OWN_HOSTS, "localhost", "127.0.0.1", "[::1]"]))
FURTHER_HOSTS = env.words("HEARD_HOSTS")
ALLOWED_HOSTS = [*OWN_HOSTS, *FURTHER_HOSTS] if HEARD_HAS_ADDRESS or FURTHER_HOSTS else ["*"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "blob:", "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["heard.web.sessions.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_ENGINE = "heard.web.sessions"
SESSION_COOKIE_NAME = "heard"
SESSION_COOKIE_AGE = 30 * 86_400
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_NAME = "language"

# -- Signing in ------------------------------------------------------------------------------------------------------

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "heard.web.door.Door"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "staff_number"
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 600
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "login": "heard.web.door_forms.SignInForm",
    "request_login_code": "heard.web.door_forms.RequestCodeForm",
    "confirm_login_code": "heard.web.door_forms.EnterCodeForm",
    "reset_password": "heard.web.door_forms.ResetForm",
    "confirm_password_reset_code": "heard.web.door_forms.EnterCodeForm",
    "reset_password_from_key": "heard.web.door_forms.ResetPasswordForm",
    "change_password": "heard.web.door_forms.ChangePasswordForm",
    "set_password": "heard.web.door_forms.SetPasswordForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("HEARD_PROXIES", 1 if HTTPS else 0, least=0, most=9)

# -- Django ----------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "heard.web",
    "heard.features.arrivals",
    "heard.features.incoming_mail",
    "heard.features.asks",
    "heard.features.desk",
    "heard.features.rolls",
    "heard.features.voice",
    "heard.features.ballots",
    "heard.foundation.search",
    "heard.foundation.delivery",
    "heard.foundation.conversation",
    "heard.foundation.previews",
    "heard.foundation.communities",
    "heard.foundation.notices",
    "heard.foundation.people",
    "heard.foundation.record",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_tasks_db",
    "django_htmx",
]
MIDDLEWARE = [
    "heard.web.middleware.headers",
    "heard.web.middleware.same_origin",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "heard.web.middleware.in_their_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "heard.web.middleware.signed_in",
    "heard.web.refusing.refusals",
]
ROOT_URLCONF = "heard.config.urls"
WSGI_APPLICATION = "heard.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "heard.web.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "heard.web.templatetags.heard"],
        },
    }
]
LANGUAGE_CODE = "en-gb"
# A language is offered once its words are translated: the choice shows itself when there is a second one.
LANGUAGES = [("en-gb", "English")]
TIME_ZONE = env.time_zone("HEARD_TIME_ZONE", "UTC")
USE_TZ = True
FORMAT_MODULE_PATH = "heard.config.formats"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

STATIC_URL = "/static/"
STATIC_ROOT = HEARD_DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "heard.config.static.HashedStorage"},
}
# Letters have a queue of their own, so that they alone wait while the mail server is away; two have their own thread.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail", "long", "outside"]}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "heard_cache"}}
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

# -- Mail ------------------------------------------------------------------------------------------------------------

HEARD_MAIL = env.folder("HEARD_MAIL", HEARD_DATA / "mail")
MAIL_HOST = env.text("MAIL_HOST")
DEFAULT_FROM_EMAIL = env.mailbox("MAIL_FROM", f"Heard <heard@{urlsplit(HEARD_URL).hostname or 'localhost'}>")
HEARD_REPLY_ADDRESS = env.reply_address("HEARD_REPLY_ADDRESS")
HEARD_MAIL_WORDS = env.flag("HEARD_MAIL_WORDS", default=True)
HEARD_LMTP = env.listening("HEARD_LMTP")
HEARD_IMAP = env.imap("HEARD_IMAP_HOST")
HEARD_MAIL_AUTHSERV = env.text("HEARD_MAIL_AUTHSERV")
MAIL_REFUSED_TASK = "heard.features.incoming_mail.tasks.note_refused_address"
if MAIL_HOST:
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": env.smtp(MAIL_HOST),
        }
    }
else:
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": str(HEARD_MAIL)},
        }
    }

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["terminal"], "level": "WARNING"},
    "loggers": {
        # What no page of ours sends, a page that is not there, and a task that went well, are no news.
        "django.security": {"level": "CRITICAL"},
        "django.request": {"level": "ERROR"},
        "django.tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "ERROR"},
        # Servers elsewhere answer badly every day.
        "urllib3": {"level": "CRITICAL"},
        "requests_hardened": {"level": "ERROR"},
    },
}
