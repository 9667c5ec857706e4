-- The one function of uuid-ossp that anybody still uses; PostgreSQL has had its own since version 13.
CREATE FUNCTION uuid_generate_v4()
RETURNS uuid
LANGUAGE sql
VOLATILE PARALLEL SAFE
RETURN pg_catalog.gen_random_uuid();
