-- Which privileges the role of this connection lacks on the schemas and tables that are there. They are found in the catalog, since a
-- name means nothing to a role without USAGE on its schema.
SELECT
  'USAGE' AS privilege
, 'schema ' || quote_ident(s.nspname) AS place
FROM pg_catalog.pg_namespace AS s
WHERE s.nspname = ANY (%(schemas)s::text[])
AND NOT pg_catalog.has_schema_privilege(s.oid, 'USAGE')
UNION ALL
SELECT
  n.privilege
, quote_ident(s.nspname) || '.' || quote_ident(c.relname)
FROM unnest(%(schemas)s::text[], %(tables)s::text[], %(privileges)s::text[]) AS n (schema_name, table_name, privilege)
JOIN pg_catalog.pg_namespace AS s ON s.nspname = n.schema_name
JOIN pg_catalog.pg_class AS c ON c.relnamespace = s.oid AND c.relname = n.table_name
WHERE NOT pg_catalog.has_table_privilege(c.oid, n.privilege)
