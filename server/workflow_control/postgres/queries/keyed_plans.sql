-- Have plans find rows by key. Every statement of a mutation does, but on a table that is new, and not analyzed yet, the planner takes a
-- scan for cheaper; the plan is kept while the table grows.
SELECT
  pg_catalog.set_config('enable_seqscan', 'off', %(local)s)
, pg_catalog.set_config('enable_hashjoin', 'off', %(local)s)
, pg_catalog.set_config('enable_mergejoin', 'off', %(local)s)
, pg_catalog.set_config('plan_cache_mode', 'force_generic_plan', %(local)s)
, pg_catalog.set_config('jit', 'off', %(local)s)
