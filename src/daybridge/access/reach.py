"""The database's functions that verify who acts and say whom they reach.

SECURITY DEFINER, so that a policy may look at the relations; they return ids only. A page
sends dozens of statements, each asks here: the identity is verified once a function, and the
plans of PL/pgSQL are kept for the session.
"""

from collections.abc import Iterable, Iterator, Mapping

from daybridge.access.policy import Scope

FUNCTIONS = """
CREATE OR REPLACE FUNCTION access_claims() RETURNS text[] LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  token text := current_setting('daybridge.identity', true);
  cut int; claims text; part text[]; pads access_identitykey;
BEGIN
  IF token IS NULL OR token = '' THEN RETURN NULL; END IF;
  cut := length(token) - 64;
  IF cut < 2 THEN RETURN NULL; END IF;
  claims := substr(token, 1, cut - 1);
  SELECT * INTO pads FROM access_identitykey LIMIT 1;
  IF encode(sha256(pads.outer_pad || sha256(pads.inner_pad || convert_to(claims, 'UTF8'))), 'hex')
     <> substr(token, cut + 1) THEN RETURN NULL; END IF;
  part := string_to_array(claims, '|');
  IF part[3]::int <> pg_backend_pid() OR part[4]::bigint < extract(epoch FROM clock_timestamp())
  THEN RETURN NULL; END IF;
  IF NOT pads.allows_past
     AND abs(
       extract(epoch FROM clock_timestamp() - part[5]::timestamptz)) > 93600 THEN RETURN NULL; END IF;
  RETURN part;
END $$;
CREATE OR REPLACE FUNCTION access_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only: write a correction instead', TG_TABLE_NAME
      USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE OR REPLACE FUNCTION access_user_id() RETURNS bigint LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public AS $$ BEGIN RETURN nullif((access_claims())[1], ''); END $$;
CREATE OR REPLACE FUNCTION access_roles() RETURNS text[] LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public AS $$
BEGIN RETURN coalesce(string_to_array((access_claims())[2], ','), '{}'); END $$;
CREATE OR REPLACE FUNCTION access_holds(wanted text[]) RETURNS boolean LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public AS $$
BEGIN RETURN coalesce(string_to_array((access_claims())[2], ',') && wanted, false); END $$;
CREATE OR REPLACE FUNCTION access_at() RETURNS timestamptz LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public AS $$ BEGIN RETURN (access_claims())[5]; END $$;
"""

# The rows of each scope that follows a relation, for `who` at `moment`.
NOW = "from_at <= moment AND (until_at IS NULL OR until_at > moment)"
_GRANT = "SELECT client_id FROM access_grant WHERE kind = '{}' AND user_id = who AND " + NOW
SCOPE_SQL = {
    Scope.TEAM: f"SELECT client_id FROM access_teammember WHERE user_id = who AND {NOW}",
    Scope.OWN: "SELECT client_id FROM access_selflink WHERE user_id = who",
    Scope.GLASS: _GRANT.format("G"),
    Scope.LEADS: _GRANT.format("L"),
    Scope.VISIT: _GRANT.format("V"),
    Scope.PENDING: f"SELECT client_id FROM access_standing WHERE kind = 'pending' AND {NOW}",
    Scope.DUTY: f"SELECT client_id FROM access_standing WHERE kind = 'in_care' AND {NOW} "
    "AND EXISTS (SELECT FROM access_duty d WHERE d.user_id = who AND d.from_at <= moment "
    "AND d.until_at > moment)",
    Scope.CONSENT: "SELECT client_id FROM access_consentitem "
    f"WHERE allows = data AND user_id = who AND {NOW}",
}
# What other functions and the own-rows rules ask for: client ids, by one relation.
RELATIONS = {
    "access_team": SCOPE_SQL[Scope.TEAM],
    "access_own": SCOPE_SQL[Scope.OWN],
    "access_blocked": f"SELECT client_id FROM access_block WHERE user_id = who AND {NOW} "
    "AND NOT string_to_array(part[2], ',') && '{director}'",
}
FACTS = f"""
SELECT c.id,
  EXISTS (SELECT FROM access_teammember t
          WHERE t.client_id = c.id AND t.user_id = me AND {NOW}),
  EXISTS (SELECT FROM access_selflink t WHERE t.client_id = c.id AND t.user_id = me),
  ARRAY(SELECT t.kind::text FROM access_grant t
        WHERE t.client_id = c.id AND t.user_id = me AND {NOW}),
  ARRAY(SELECT t.kind::text FROM access_standing t WHERE t.client_id = c.id AND {NOW}),
  EXISTS (SELECT FROM access_duty d WHERE d.user_id = me
          AND d.from_at <= moment AND d.until_at > moment),
  ARRAY(SELECT t.allows::text FROM access_consentitem t
        WHERE t.client_id = c.id AND t.user_id = me AND {NOW}),
  EXISTS (SELECT FROM access_block t WHERE t.client_id = c.id AND t.user_id = me AND {NOW})
FROM unnest(clients) AS c(id)
"""


def functions() -> Iterator[str]:
    """Yield the statements that make them."""
    yield FUNCTIONS
    for name, sql in RELATIONS.items():
        yield _definer(name, sql)
    yield _reached_function()
    yield _facts_function()


def call(lists: Mapping[Scope, Iterable[str]], data: str) -> str:
    """Return the call that asks for these scopes, each with the roles that have it."""
    arguments = [f"{_argument(scope)} => '{array(roles)}'" for scope, roles in lists.items()]
    if Scope.CONSENT in lists:
        arguments.append(f"data => '{data}'")
    return f"access_reached({', '.join(arguments)})"


def array(roles: Iterable[str]) -> str:
    """Return roles as PostgreSQL writes an array."""
    return f"{{{','.join(sorted(roles))}}}"


def _definer(name: str, sql: str) -> str:
    return f"""
CREATE OR REPLACE FUNCTION {name}() RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE part text[] := access_claims(); who bigint := nullif(part[1], ''); moment timestamptz := part[5];
BEGIN RETURN QUERY {sql}; END $$"""


def _facts_function() -> str:
    """Return how somebody stands to clients, for Python's half of the policy (`relations.py`)."""
    return f"""
CREATE OR REPLACE FUNCTION access_facts(me bigint, clients bigint[]) RETURNS TABLE (
  client_id bigint, team boolean, own boolean, grants text[], standings text[], duty boolean,
  consents text[], blocked boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE moment timestamptz := access_at();
BEGIN RETURN QUERY {FACTS}; END $$"""


def _reached_function() -> str:
    """Return the one function behind every condition that follows relations.

    It verifies the identity once and asks only for the scopes that the actor's roles have;
    each argument names the roles that have a scope. In PL/pgSQL its plans are kept.
    """
    arguments = ", ".join(f"{_argument(scope)} text[] DEFAULT '{{}}'" for scope in SCOPE_SQL)
    asked = "\n".join(
        f"  IF roles && {_argument(scope)} THEN RETURN QUERY "
        f"SELECT f.client_id FROM ({sql}) f WHERE f.client_id <> ALL (blocked); END IF;"
        for scope, sql in SCOPE_SQL.items()
    )
    return f"""
CREATE OR REPLACE FUNCTION access_reached({arguments}, data text DEFAULT '') RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  part text[] := access_claims(); roles text[] := string_to_array(part[2], ',');
  who bigint := nullif(part[1], ''); moment timestamptz := part[5]; blocked bigint[] := '{{}}';
BEGIN
  IF part IS NULL THEN RETURN; END IF;
  IF NOT roles && '{{director}}' THEN
    blocked := ARRAY(SELECT client_id FROM access_block WHERE user_id = who AND {NOW});
  END IF;
{asked}
END $$"""


def _argument(scope: Scope) -> str:
    return f"by_{scope.name.lower()}"
