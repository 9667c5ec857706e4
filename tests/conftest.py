pytest_plugins = ["tests.fixtures.postgres", "tests.fixtures.dbos_releases", "tests.differential.release_table"]
