"""The two database roles, and the database they share.

`owner` makes and changes tables. `app` is what the web process and the worker are: it reads and writes rows,
owns nothing, and cannot change a table, so no bug and no injected SQL can switch off a trigger or a policy.

`python -m config.roles` prepares a server you run yourself. It reads three addresses from the environment:
DATABASE_SUPERUSER_URL, DATABASE_OWNER_URL and DATABASE_URL. It may be repeated at any time.
"""

import os

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

# Both are trusted extensions: the owner of a database may create them without being superuser.
EXTENSIONS = ("btree_gist", "pg_trgm")


def prepare_server(superuser_url: str, owner_url: str, app_url: str) -> None:
    """Make both roles and the database exist, with the passwords that the addresses carry."""
    owner, app = conninfo_to_dict(owner_url), conninfo_to_dict(app_url)
    with psycopg.connect(superuser_url, autocommit=True) as server:
        make_role(server, str(owner["user"]), str(owner["password"]), "CREATEDB")
        make_role(server, str(app["user"]), str(app["password"]), "NOCREATEDB")
        # Membership lets the owner end the app's sessions when a test database is dropped.
        execute(server, "GRANT {} TO {}", app["user"], owner["user"])
        make_database(server, str(owner["dbname"]), str(owner["user"]))
    prepare_database(owner_url, str(app["user"]))


def make_role(server: psycopg.Connection, name: str, password: str, databases: str) -> None:
    known = server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    if not known:
        execute(server, "CREATE ROLE {}", name)
    rights = sql.SQL("ALTER ROLE {} LOGIN NOSUPERUSER NOCREATEROLE NOBYPASSRLS {} PASSWORD {}")
    server.execute(rights.format(sql.Identifier(name), sql.SQL(databases), sql.Literal(password)))


def make_database(server: psycopg.Connection, name: str, owner: str) -> None:
    known = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    if not known:
        execute(server, "CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE template0", name, owner)


def prepare_database(owner_url: str, app: str) -> None:
    """Extensions, and the rights that `app` will have on every table the owner makes from now on.

    Rights on tables that exist already are left alone: migrations take some away on purpose.
    """
    with psycopg.connect(owner_url, autocommit=True) as database:
        for extension in EXTENSIONS:
            execute(database, "CREATE EXTENSION IF NOT EXISTS {}", extension)
        admit(database, database.info.dbname, app)
        execute(database, "REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        execute(database, "GRANT USAGE ON SCHEMA public TO {}", app)
        future = "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT "
        execute(database, future + "SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}", app)
        execute(database, future + "USAGE, SELECT ON SEQUENCES TO {}", app)


def admit(connection: psycopg.Connection, database: str, app: str) -> None:
    """Let `app` and nobody else into a database. A clone of the database does not inherit this."""
    execute(connection, "REVOKE ALL ON DATABASE {} FROM PUBLIC", database)
    execute(connection, "GRANT CONNECT ON DATABASE {} TO {}", database, app)


def execute(connection: psycopg.Connection, statement: str, *names: object) -> None:
    """Run a statement whose gaps are names, each quoted as a name."""
    connection.execute(sql.SQL(statement).format(*(sql.Identifier(str(name)) for name in names)))


if __name__ == "__main__":
    prepare_server(os.environ["DATABASE_SUPERUSER_URL"], os.environ["DATABASE_OWNER_URL"], os.environ["DATABASE_URL"])
