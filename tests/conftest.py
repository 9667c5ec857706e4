pytest_plugins = [
    "tests.fixtures.postgres",
    "tests.fixtures.dbos_releases",
    "tests.fixtures.control",
    "tests.fixtures.scripted_server",
    "tests.fixtures.scripted_data",
    "tests.fixtures.rpc_server",
    "tests.fixtures.order_shop",
    "tests.fixtures.otlp",
    "tests.fixtures.server",
    "tests.differential.release_table",
    "tests.differential.compatibility_table",
]
