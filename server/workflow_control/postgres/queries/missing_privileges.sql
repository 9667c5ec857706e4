-- Which privileges on which tables the role of this connection lacks.
SELECT
  n.table_name
, n.privilege
FROM unnest(%(tables)s::text[], %(privileges)s::text[]) AS n (table_name, privilege)
WHERE NOT pg_catalog.has_table_privilege(n.table_name, n.privilege)
