pytest_plugins = ["tests.fixtures.postgres", "tests.fixtures.dbos_releases"]
