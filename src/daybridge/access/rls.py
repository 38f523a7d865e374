"""Row-level security, compiled from the policy table.

`sync_policies` runs as the owner after every migration: it (re)creates the functions that
verify the signed identity, and for each table of each data class the policies that the
table in `policy.py` says. Functions are SECURITY DEFINER so that a policy may look at the
relations; they return ids only. `(SELECT f())` is evaluated once a query.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from daybridge.access import reach
from daybridge.access.policy import DataClass, Op, Role, Scope, is_about_a_client, table

SIGN_IN_TABLES = (
    "django_session",
    "account_emailaddress",
    "account_emailconfirmation",
    "mfa_authenticator",
)
CLIENT_TABLE = "people_client"

# whoever acts, visitors too, but never somebody without an identity
SELF = "user_id IS NOT DISTINCT FROM (SELECT access_user_id()) AND (SELECT access_roles()) <> '{}'"
LIVE = "from_at <= (SELECT access_at()) AND (until_at IS NULL OR until_at > (SELECT access_at()))"
ME = "user_id = (SELECT access_user_id())"
MINE = "client_id IN (SELECT access_team()) AND client_id NOT IN (SELECT access_blocked())"
LED = "client_id IN (SELECT access_reached(by_leads => '{counsellor}'))"
AUTHORED = "author_id = (SELECT access_user_id())"
# Acts whose very name would tell a client that they are kept apart from somebody.
SILENT = "position('apart' in act) = 0"
# Tables whose rows are a person's own, whatever the class says: (table, read, write).
OWN_ROWS = {
    "access_user": ("id = (SELECT access_user_id())", "id = (SELECT access_user_id())"),
    "access_draft": (
        "user_id = (SELECT access_user_id())",
        "user_id = (SELECT access_user_id())",
    ),
    # a supporter reads what is shared now: an item that has ended reads like none
    "access_consentitem": (f"{ME} AND {LIVE}", "false"),
    "access_idempotencykey": (SELF,) * 2,
    "access_auditevent": (
        f"user_id = (SELECT access_user_id()) OR (client_id IN (SELECT access_own()) AND {SILENT})",
        SELF,
    ),
    # a signature is written by whoever signs, also by a nurse or a peer who records no consent
    "access_signature": ("false", f"signed_by_id = (SELECT access_user_id()) AND ({MINE} OR {LED})"),
    # who leads a group today reads of its members' notes what they wrote themselves
    "notes_noteindex": (f"{AUTHORED} AND {LED}", "false"),
    "notes_note": (f"{AUTHORED} AND {LED}", "false"),
    "notes_macro": (ME,) * 2,
    # a task that names no client is whoever's it was given to, whatever their role
    "tasks_task": ("client_id IS NULL AND owner_id = (SELECT access_user_id())",) * 2,
    "exchange_feed": (ME,) * 2,
    "mfa_authenticator": ("user_id = (SELECT access_user_id())",) * 2,
    "account_emailaddress": ("user_id = (SELECT access_user_id())",) * 2,
}
# Classes for which the own-rows rule above is the only rule.
PRIVATE = ("access_draft", "access_idempotencykey", "notes_macro")
# Words that, for these roles, are their author's alone (column author_id).
_WRITERS = frozenset({Role.COUNSELLOR, Role.PHYSICIAN, Role.NURSE, Role.PEER, Role.SUPERVISOR})
AUTHOR_ONLY = {
    (DataClass.NOTE_DRAFT, Op.READ): _WRITERS - {Role.SUPERVISOR},
    (DataClass.NOTE_DRAFT, Op.WRITE): _WRITERS,
    (DataClass.NOTE, Op.WRITE): _WRITERS,
    (DataClass.COUNSELLING_NOTE, Op.READ): frozenset({Role.COUNSELLOR}),
    (DataClass.COUNSELLING_NOTE, Op.WRITE): _WRITERS,
}
# Rows that nobody reads, whatever their role: the words of a note withdrawn from a wrong chart.
WITHDRAWN = "index_id IN (SELECT notes_withdrawn())"
HIDDEN = {
    "notes_note": WITHDRAWN, "notes_addendum": WITHDRAWN, "notes_counsellingnote": WITHDRAWN,
    # that a note was withdrawn, or is kept apart, is known to its author and to those who answer for it
    "notes_noteindex": "(withdrawn_at IS NOT NULL OR kind = 'counselling')"
    " AND author_id <> coalesce((SELECT access_user_id()), 0)"
    " AND NOT (SELECT access_roles()) && '{clinical_supervisor,privacy_officer}'",
}

def statements(owner: str, app: str) -> Iterator[str]:
    """Yield every SQL statement that makes the database agree with the policy table."""
    yield from reach.functions()
    yield f"REVOKE ALL ON access_identitykey FROM {app}"
    for model in apps.get_models():
        yield from _table(model, owner, app)
    for name in SIGN_IN_TABLES:
        yield from _sign_in_table(name, owner, app)


def class_of(model: type[models.Model]) -> DataClass | None:
    """Return the data class of a model; history tables have their model's."""
    tracked = getattr(model, "pgh_tracked_model", None)
    return getattr(tracked or model, "data_class", None)


def condition(data: DataClass, op: Op, *, client: str | None) -> str:
    """Return the SQL condition of one data class; nothing written means false."""
    return _condition(data, op, client, frozenset())


def _condition(data: DataClass, op: Op, client: str | None, authors: frozenset[Role]) -> str:
    """Return the condition; what these roles reach is cut to what they wrote themselves."""
    roles_of: dict[tuple[bool, Scope], list[str]] = {}
    for role, cell in table()[data].items():
        for scope in cell.scopes(op):
            roles_of.setdefault((role in authors, scope), []).append(f'"{role.value}"')
    everywhere = [_cut(f"(SELECT access_holds('{reach.array(roles)}'))", own=own)
                  for (own, scope), roles in sorted(roles_of.items()) if scope is Scope.ALL]
    if client is None:
        if any(scope is not Scope.ALL for _, scope in roles_of):
            raise ValueError(f"{data.value} names no client: only the scope ALL has a meaning")
        return " OR ".join(everywhere) or "false"
    unblocked = f"({client} IS NULL OR {client} NOT IN (SELECT access_blocked()))"
    parts = [f"({' OR '.join(everywhere)}) AND {unblocked}"] if everywhere else []
    for own in (False, True):
        lists: dict[Scope, list[str]] = {
            scope: roles for (cut, scope), roles in sorted(roles_of.items())
            if cut is own and scope is not Scope.ALL}
        if lists:
            parts.append(_cut(f"{client} IN (SELECT {reach.call(lists, data.value)})", own=own))
    return " OR ".join(f"({part})" for part in parts) or "false"


def _cut(part: str, *, own: bool) -> str:
    """Return the condition, for an author's own rows alone where that is the rule."""
    return f"({part} AND author_id = (SELECT access_user_id()))" if own else part


def _of_row(model: type[models.Model], data: DataClass, op: Op, client: str | None) -> str:
    """Return the condition of a row: its table's class, or the class the row itself is bound to."""
    column = getattr(model, "class_column", "")
    if not column:
        return _condition(data, op, client, AUTHOR_ONLY.get((data, op), frozenset()))
    return " OR ".join(
        f"({column} = '{bound}' AND ({condition(bound, op, client=client)}))"
        for bound in model.bound_classes  # type: ignore[attr-defined]
    )


def _table(model: type[models.Model], owner: str, app: str) -> Iterator[str]:
    data = class_of(model)
    name = model._meta.db_table
    if data is None or not model._meta.managed or model._meta.proxy:
        return
    client = _client_column(model) if is_about_a_client(data) else None
    read, write = (_of_row(model, data, op, client) for op in Op)
    if name in OWN_ROWS:
        own_read, own_write = OWN_ROWS[name]
        read = own_read if name in PRIVATE else f"({read}) OR ({own_read})"
        write = own_write if name in PRIVATE else f"({write}) OR ({own_write})"
    if name in HIDDEN:
        read = f"({read}) AND NOT ({HIDDEN[name]})"
    yield from _policies(name, read, write, owner)
    if getattr(model, "append_only", False):
        yield from _append_only(name)
    rights = ["SELECT", "INSERT"]
    if not getattr(model, "append_only", False):
        rights.append("UPDATE")
    if getattr(model, "may_be_deleted", False):
        rights.append("DELETE")
    yield f"REVOKE ALL ON {name} FROM {app}"
    yield f"GRANT {', '.join(rights)} ON {name} TO {app}"


def _append_only(name: str) -> Iterator[str]:
    """Refuse change and removal to everybody, the owner included."""
    yield f"DROP TRIGGER IF EXISTS append_only ON {name}"
    yield f"DROP TRIGGER IF EXISTS never_emptied ON {name}"
    yield (
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {name} "
        "FOR EACH ROW EXECUTE FUNCTION access_refuse_change()"
    )
    yield (
        f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {name} "
        "FOR EACH STATEMENT EXECUTE FUNCTION access_refuse_change()"
    )


def _client_column(model: type[models.Model]) -> str:
    if model._meta.db_table == CLIENT_TABLE:
        return "id"
    tracked = getattr(model, "pgh_tracked_model", None)
    if tracked is not None and tracked._meta.db_table == CLIENT_TABLE:
        return "pgh_obj_id"
    if not any(field.attname == "client_id" for field in model._meta.concrete_fields):
        raise ValueError(f"{model.__name__} is about a client and needs a client_id column")
    return "client_id"


def _sign_in_table(name: str, owner: str, app: str) -> Iterator[str]:
    signing_in = "(SELECT access_roles()) && '{system:sign-in,system:setup}'"
    own = OWN_ROWS.get(name, ("false", "false"))
    yield from _policies(name, f"{signing_in} OR ({own[0]})", f"{signing_in} OR ({own[1]})", owner)
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON {name} TO {app}"


def _policies(name: str, read: str, write: str, owner: str) -> Iterator[str]:
    yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY"
    for old in ("reads", "adds", "changes", "removes", "owner"):
        yield f"DROP POLICY IF EXISTS {old} ON {name}"
    yield f"CREATE POLICY reads ON {name} FOR SELECT USING ({read})"
    yield f"CREATE POLICY adds ON {name} FOR INSERT WITH CHECK ({write})"
    yield f"CREATE POLICY changes ON {name} FOR UPDATE USING ({write}) WITH CHECK ({write})"
    yield f"CREATE POLICY removes ON {name} FOR DELETE USING ({write})"
    # the definer functions above run as the owner, which no login of the program is
    yield f"CREATE POLICY owner ON {name} TO {owner} USING (true) WITH CHECK (true)"


def framework_grants(app: str) -> str:
    """Return the grants on the libraries' own tables, which hold no client data."""
    return f"""
    DO $$ DECLARE t text; BEGIN
      FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public'
               AND (tablename LIKE 'procrastinate%' OR tablename LIKE 'django_content%'
                    OR tablename LIKE 'pghistory%' OR tablename = 'django_site') LOOP
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO {app}', t);
      END LOOP;
      GRANT SELECT ON django_migrations TO {app};
      GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {app};
    END $$"""
