pytest_plugins = [
    "tests.fixtures.postgres",
    "tests.fixtures.dbos_releases",
    "tests.fixtures.scripted_server",
    "tests.differential.release_table",
]
