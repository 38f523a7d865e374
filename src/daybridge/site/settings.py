"""Django's settings. What a clinic may set is in `config.py`; nothing secret stands here."""

from pathlib import Path

from daybridge.ops import postgres
from daybridge.ops.provision import database_settings
from daybridge.site.config import load_config
from daybridge.site.secrets import load_secrets

DAYBRIDGE = load_config()
_SECRETS = load_secrets(DAYBRIDGE.home)
_PACKAGE = Path(__file__).resolve().parents[1]
_CHECKOUT = _PACKAGE.parents[1]
_MODULES = _CHECKOUT / "node_modules"

SECRET_KEY = _SECRETS.django_secret_key
IDENTITY_KEY = _SECRETS.identity_key
FIELD_KEY = _SECRETS.field_key
DEBUG = DAYBRIDGE.debug
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver", *DAYBRIDGE.allowed_hosts]
ROOT_URLCONF = "daybridge.site.urls"
WSGI_APPLICATION = "daybridge.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "daybridge.site.apps.SiteConfig",
    "daybridge.access.apps.AccessConfig",
    "daybridge.ui.apps.UiConfig",
    "daybridge.documents",
    "daybridge.clinic.programme",
    "daybridge.clinic.people",
    "daybridge.clinic.tasks",
    "daybridge.clinic.messaging",
    "daybridge.clinic.calendar",
    "daybridge.clinic.referrals",
    "daybridge.care.intake",
    "daybridge.care.instruments",
    "daybridge.care.assessment",
    "daybridge.care.curriculum",
    "daybridge.care.medicines",
    "daybridge.care.placement",
    "daybridge.care.planning",
    "daybridge.care.schedule",
    "daybridge.care.hours",
    "daybridge.care.notes",
    "daybridge.care.medical",
    "daybridge.care.retention",
    "daybridge.care.weekplan",
    "daybridge.quality",
    "daybridge.exchange",
    "daybridge.pages",
    "daybridge.ops",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",  # the passkey page says when a key was made
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "daybridge.access.middleware.TransactionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "daybridge.access.middleware.ActorMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "daybridge.pages.shell.shell",
            ],
        },
    }
]

# Two logins to the same database: the program's, which owns nothing, and the owner's,
# which only migrations use. The pool about doubles throughput; tests and jobs do without.
# Nobody waits long for a database that is away, and a broken connection is not handed out.
_POOL = {"min_size": 1, "max_size": 4, "timeout": 3, "reconnect_timeout": 5} if DAYBRIDGE.pool else False
DATABASES = {
    "default": {
        **database_settings(DAYBRIDGE, _SECRETS, "app"),
        "OPTIONS": {"pool": _POOL} if _POOL else {},
        "CONN_HEALTH_CHECKS": bool(_POOL),
    },
    "owner": database_settings(DAYBRIDGE, _SECRETS, "owner"),
}
DATABASE_FOLDER = None if DAYBRIDGE.database_url else postgres.data_dir(DAYBRIDGE.home)

# --- accounts -------------------------------------------------------------------------
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "daybridge.access.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_FORMS = {"request_login_code": "daybridge.clinic.people.forms_access.AskForCodeForm"}
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
MFA_ADAPTER = "daybridge.access.accounts.MFAAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs up: the programme wrote the address down
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DAYBRIDGE.host == "localhost"
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "Daybridge"
CSRF_FAILURE_VIEW = "daybridge.access.kept.answer_stale"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"

# Wrong tries are counted for all web processes together, outside the transaction.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DAYBRIDGE.home / "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# --- browser safety -------------------------------------------------------------------
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SAMESITE = "Lax"
_TLS = DAYBRIDGE.host != "localhost" and DAYBRIDGE.kind == "real"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _TLS
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _TLS else 0  # wrong tries count for the sender, not the proxy
SESSION_COOKIE_NAME = "__Host-session" if _TLS else "session"
SECURE_HSTS_SECONDS = 31536000 if _TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _TLS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
# a file stays in memory, never in a temporary file: a larger one does not come in at all
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 10_100_000
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# --- words, time, files -----------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [_CHECKOUT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = DAYBRIDGE.time_zone
STATIC_URL = "/static/"
STATIC_ROOT = DAYBRIDGE.home / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [
    (f"vendor/{name}", path)
    for name, path in {
        "tabler": _MODULES / "@tabler" / "core" / "dist",
        "inter": _MODULES / "@fontsource-variable" / "inter" / "files",
    }.items()
    if path.exists()
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
NODE_MODULES = _MODULES

# --- messages and jobs ------------------------------------------------------------------
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if DAYBRIDGE.smtp_host
    else "django.core.mail.backends.dummy.EmailBackend"
)
EMAIL_HOST = DAYBRIDGE.smtp_host or "localhost"
EMAIL_PORT = DAYBRIDGE.smtp_port
EMAIL_HOST_USER = DAYBRIDGE.smtp_user or ""
EMAIL_HOST_PASSWORD = DAYBRIDGE.smtp_password or ""
EMAIL_USE_SSL = DAYBRIDGE.smtp_tls and DAYBRIDGE.smtp_port == 465  # noqa: PLR2004 - RFC 8314
EMAIL_USE_TLS = DAYBRIDGE.smtp_tls and not EMAIL_USE_SSL
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = DAYBRIDGE.smtp_from
PROCRASTINATE_IMPORT_PATHS = [
    "daybridge.site.timetable", "daybridge.exchange.jobs", "daybridge.care.weekplan.jobs",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.db.backends": {"level": "WARNING", "handlers": [], "propagate": False}},
}
