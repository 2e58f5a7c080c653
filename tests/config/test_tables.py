"""Tables that are made together."""

import pytest
from django.db import connection, connections, migrations, models
from django.db.migrations.state import ModelState, ProjectState
from psycopg.conninfo import conninfo_to_dict

from config.tables import CreateTables


def pointing(name, *, to):
    """A table with a key to another one, whichever of them is made first."""
    key = models.ForeignKey(f"scratch.{to}", models.PROTECT)
    return migrations.CreateModel(name, [("id", models.BigAutoField(primary_key=True)), ("other", key)])


class Round(migrations.Migration):
    operations = [CreateTables([pointing("Hen", to="Egg"), pointing("Egg", to="Nest"), pointing("Nest", to="Hen")])]


@pytest.fixture
def owner(databases, db):
    """A connection as the owner, who alone may make tables; nothing of what it made stays."""
    known = conninfo_to_dict(databases.owner_url)
    found = connections["owner"] = connection.copy("owner")
    found.settings_dict |= {"USER": known["user"], "PASSWORD": known["password"]}
    found.set_autocommit(False)
    yield found
    found.rollback()
    found.close()
    del connections["owner"]


def keys(owner):
    with owner.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint"
            " WHERE contype = 'f' AND conrelid::regclass::text LIKE 'scratch_%' ORDER BY 1"
        )
        return cursor.fetchall()


def apply(owner, state):
    with owner.schema_editor(atomic=False) as editor:
        return Round("together", "scratch").apply(state, editor)


def test_tables_may_point_at_each_other_in_any_order(owner):
    apply(owner, ProjectState())
    assert keys(owner) == [
        ("scratch_egg", "scratch_nest"),
        ("scratch_hen", "scratch_egg"),
        ("scratch_nest", "scratch_hen"),
    ]


def test_they_are_unmade_together(owner):
    apply(owner, ProjectState())
    with owner.schema_editor(atomic=False) as editor:
        Round("together", "scratch").unapply(ProjectState(), editor)
    assert not [name for name in owner.introspection.table_names() if name.startswith("scratch_")]


def test_every_model_is_built_once_though_it_was_built_before(owner, monkeypatch):
    standing = ProjectState()
    standing.add_model(ModelState("scratch", "Straw", [("id", models.BigAutoField(primary_key=True))]))
    assert standing.apps.get_model("scratch", "Straw")
    built, render = [], ModelState.render
    monkeypatch.setattr(ModelState, "render", lambda self, apps: built.append(self.name) or render(self, apps))
    apply(owner, standing)
    assert sorted(built) == ["Egg", "Hen", "Nest", "Straw"]
