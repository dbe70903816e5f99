"""One settings file. Two switches choose the machinery: DATABASE_URL and BROKER_URL; the rest are names and secrets.

Without them everything is embedded: SQLite in var/ and a Celery worker on a thread of `manage.py serve`.
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(environ.Env().str("HONGCHUANG_VAR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)
if VAR_DIR.stat().st_mode & 0o077:
    VAR_DIR.chmod(0o700)  # what lies in it is its owner's alone, see manage.py, too

env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)

# --- On the network: docs/operation.md ------------------------------------------------------------------------------

# https://… of the site, for links in mails; without it the address that the sender of the request used.
SITE_URL = env.str("SITE_URL", default="").rstrip("/")
# How many proxies of ours stand before the site. Only that many of X-Forwarded-For are believed; none by default.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
# The only address from which they are believed; without it whoever connects is taken for the proxy.
PROXY_ADDRESS = env.str("PROXY_ADDRESS", default="")
HTTPS = env.bool("HTTPS", default=SITE_URL.startswith("https://"))
if HTTPS and not TRUSTED_PROXIES:
    raise ImproperlyConfigured(
        "The site is to be reached by https, which a proxy before it speaks: set TRUSTED_PROXIES to the number of "
        "proxies (1), or take the https out of SITE_URL and HTTPS. See docs/operation.md."
    )
_here = ["localhost", "127.0.0.1", "[::1]", "testserver"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[*_here, *filter(None, [urlsplit(SITE_URL).hostname])])
CSRF_TRUSTED_ORIGINS = env.list(
    "CSRF_TRUSTED_ORIGINS", default=["://".join(urlsplit(SITE_URL)[:2])] if SITE_URL else []
)
# Anybody may send this header; it counts only where a proxy of ours sets it anew.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked by a watcher on this machine, past the proxy
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 60 * 60) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# Lists of browsers take whole domains, of which the site has one host: that is for the city to decide.
SILENCED_SYSTEM_CHECKS = ["security.W021"]


def _secret_key() -> str:
    """SECRET_KEY from the environment, else one made once for this installation and kept in var/."""
    from django.core.management.utils import get_random_secret_key

    try:
        with SECRET_KEY_FILE.open("x") as f:
            SECRET_KEY_FILE.chmod(0o600)
            f.write(get_random_secret_key())
    except FileExistsError:
        pass
    return SECRET_KEY_FILE.read_text()


SECRET_KEY_FILE = VAR_DIR / "secret_key"
SECRET_KEY = env.str("SECRET_KEY", default="") or _secret_key()

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_fsm",
    "viewflow",
    "viewflow.workflow",
    "rules.apps.AutodiscoverRulesConfig",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "common",
    "accounts",
    "organizations",
    "rounds",
    "ventures",
    "delivery",
    "reviews",
    "funding",
    "showcases",
    "reports",
    "simulation",
    # After ours, so that common/templates/django/forms wins over Django's own widgets.
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "common.site.answers.CompressionMiddleware",
    "common.site.answers.NoStoreMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "common.site.web.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    # These look at the view before CSRF reads the body of the request, in this order.
    "accounts.session_limits.SessionLimitMiddleware",
    "accounts.second_factor_middleware.SecondFactorMiddleware",
    "common.site.uploads.AskFirstMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.access_log_middleware.AccessLogMiddleware",
    "common.site.web.DomainErrorMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["common.templatetags.page"],
        },
    }
]

# --- Database: SQLite in WAL with immediate transactions, or what DATABASE_URL says -----------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'hongchuang.sqlite3'}")}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["CONN_MAX_AGE"] = 60
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # Django's default (DEFERRED) lets 38 of 40 writing threads die with "database is locked".
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: what was confirmed is on the disk. With NORMAL a loss of power takes the last confirmed saves along.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Who logs in --------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["rules.permissions.ObjectPermissionBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "accounts.passwords.NotLikeThePerson",
        "OPTIONS": {"user_attributes": ("username", "name", "phone", "email", "unit")},
    },
    {"NAME": "accounts.passwords.Length", "OPTIONS": {"min_length": 10}},
    {"NAME": "accounts.passwords.NotCommon"},
    {"NAME": "accounts.passwords.NotOnlyDigits"},
]
PASSWORD_RESET_TIMEOUT = 3 * 60 * 60  # seconds that the link in a mail works
# Everybody but applicants (who may) logs in with a second factor; accounts of a demonstration are exempt.
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=True)
# accounts.throttle counts wrong codes; django-otp's own brake doubles the wait without end.
OTP_TOTP_THROTTLE_FACTOR = OTP_STATIC_THROTTLE_FACTOR = 0
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "me"
LOGOUT_REDIRECT_URL = "home"

SESSION_ENGINE = "common.site.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "common.site.web.csrf_failure"
FORM_RENDERER = "common.site.forms.Renderer"

# --- Language and time --------------------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- Files --------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "static_root"
STATICFILES_DIRS = [
    ("tabler/css", BASE_DIR / "node_modules" / "@tabler" / "core" / "dist" / "css"),
    ("tabler/js", BASE_DIR / "node_modules" / "@tabler" / "core" / "dist" / "js"),
]
STATICFILES_FINDERS = ["common.site.static_files.FolderFinder", "common.site.static_files.AppFinder"]
ICONS_DIR = BASE_DIR / "node_modules" / "@tabler" / "icons" / "icons" / "outline"
WHITENOISE_USE_FINDERS = DEBUG
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {"BACKEND": "common.site.static_files.HashedStorage"},
}
MEDIA_ROOT = VAR_DIR / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a budget and a schedule of 200 lines each
UPLOAD_FILE_LIMIT = env.int("UPLOAD_FILE_LIMIT", default=20 * 1024 * 1024)  # bytes of one file
# Bytes of a request to a page that takes no files; what is longer is not read (common.site.uploads).
FORM_BODY_LIMIT = 5 * 1024 * 1024

# --- Backup (common.backup, docs/operation.md) --------------------------------------------------------------------

BACKUP_DIR = env.str("BACKUP_DIR", default=str(VAR_DIR / "backups"))
BACKUP_KEEP = env.int("BACKUP_KEEP", default=14)  # days
PG_BIN = env.str("PG_BIN", default="")  # the folder of pg_dump and pg_restore; "": they are found by PATH

# --- Mail ---------------------------------------------------------------------------------------------------------

EMAIL_CONFIG = env.email("EMAIL_URL", default=f"filemail:///{VAR_DIR / 'mail'}")
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_FILE_PATH = str(VAR_DIR / "mail")
EMAIL_HOST = EMAIL_CONFIG.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = EMAIL_CONFIG.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = EMAIL_CONFIG.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = EMAIL_CONFIG.get("EMAIL_HOST_PASSWORD") or ""
# smtp+tls: (STARTTLS, refused where the server does not offer it) or smtp+ssl: (TLS from the first byte); the
# certificate has to be that of the host.
EMAIL_USE_TLS = bool(EMAIL_CONFIG.get("EMAIL_USE_TLS"))
EMAIL_USE_SSL = bool(EMAIL_CONFIG.get("EMAIL_USE_SSL"))
if EMAIL_HOST_PASSWORD and not (EMAIL_USE_TLS or EMAIL_USE_SSL):
    raise ImproperlyConfigured(
        "EMAIL_URL has a password, which smtp: would send in clear. Write smtp+tls: (STARTTLS, mostly port 587) or "
        "smtp+ssl: (TLS from the first byte, mostly port 465). See docs/operation.md."
    )
# Below the lease of a message in the outbox: nobody sends it again while a silent mail server keeps the first waiting.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="hongchuang@localhost")

# --- Work in the background: rows are the truth (common.work.jobs), the broker only wakes ---------------------------------

BROKER_URL = env.str("BROKER_URL", default="")
EMBEDDED_WORKER = not BROKER_URL
# A host, because kombu warns about "memory://" without one.
CELERY_BROKER_URL = BROKER_URL or "memory://localhost/"
CELERY_TASK_DEFAULT_QUEUE = "hongchuang"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 600
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 2
if EMBEDDED_WORKER:
    CELERY_BROKER_TRANSPORT_OPTIONS = {"polling_interval": 0.1}
    # It takes this many per look and thread. There is no other worker that it could be unfair to.
    CELERY_WORKER_PREFETCH_MULTIPLIER = 16
elif BROKER_URL.startswith("redis"):
    # Redis gives a lost task to another worker only after this long (its default is an hour).
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 900,
        "socket_connect_timeout": 2,
        "socket_timeout": 5,
        "max_retries": 0,
    }
else:
    # RabbitMQ: replicated queues. Celery sees their type and sets the prefetch per consumer (they know no global one).
    CELERY_TASK_DEFAULT_QUEUE_TYPE = "quorum"
    CELERY_TASK_DEFAULT_EXCHANGE_TYPE = "topic"  # Celery's own delayed delivery for such queues asks for it
    CELERY_BROKER_TRANSPORT_OPTIONS = {"confirm_publish": True, "max_retries": 0}
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {"hongchuang": {"level": env.str("LOG_LEVEL", default="INFO")}},
}
