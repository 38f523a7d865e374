"""Make an empty database's tables in one pass, instead of through every step of their history.

Django draws the state of all models again for each operation of each migration: half a minute
before the first page. An empty database gets our tables as the models are now, then the SQL of
the migrations (functions, guards) in their order, and every migration is noted as done. A drill
holds the outcome against a database that went through the migrations.
"""

from django.apps import apps
from django.core.management import call_command
from django.db import connections, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration, RunPython, RunSQL
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState
from pgtrigger import installation

OURS = "daybridge."
# libraries whose tables ours point at; the others point at ours and come afterwards
BEFORE = ("contenttypes", "auth", "pghistory", "procrastinate", "sessions")


def migrate(*, at_once: bool = True) -> None:
    """Bring the database up to date as its owner; an empty one is founded at once."""
    executor = MigrationExecutor(connections["owner"])
    done = {label for label, _ in executor.loader.applied_migrations}
    if at_once and done.isdisjoint(_ours()):
        _found()
    call_command("migrate", database="owner", verbosity=0, interactive=False)


def _ours() -> set[str]:
    return {config.label for config in apps.get_app_configs() if config.name.startswith(OURS)}


def _found() -> None:
    for label in BEFORE:
        call_command("migrate", label, database="owner", verbosity=0, interactive=False)
    executor = MigrationExecutor(connections["owner"])
    with transaction.atomic("owner"):
        with connections["owner"].schema_editor() as editor:
            for label in sorted(_ours()):
                for model in apps.get_app_config(label).get_models(include_auto_created=True):
                    _make(editor, model)
        installation.install(database="owner")
        _history(executor)


def _make(editor: BaseDatabaseSchemaEditor, model: type) -> None:
    meta = model._meta  # type: ignore[attr-defined]
    if meta.managed and not meta.proxy and not meta.swapped:
        editor.create_model(model)


def _history(executor: MigrationExecutor) -> None:
    """Run what migrations say in SQL, in their order, and note each of ours as done."""
    ours = _ours()
    leaves = [key for key in executor.loader.graph.leaf_nodes() if key[0] in ours]
    state = executor.loader.project_state()
    for migration, _ in executor.migration_plan(leaves):
        if migration.app_label in ours:
            _run_sql(migration, state)
            executor.recorder.record_applied(migration.app_label, migration.name)


def _run_sql(migration: Migration, state: ProjectState) -> None:
    with connections["owner"].schema_editor() as editor:
        for operation in migration.operations:
            # what only carries rows over ("elidable") has nothing to carry here
            if isinstance(operation, RunSQL | RunPython) and not operation.elidable:
                operation.database_forwards(migration.app_label, editor, state, state)
