-- The journal of keyed mutations: one row per request key, committed together with the mutation's effect.

CREATE TABLE {schema}.request (
    scope text COLLATE "C" NOT NULL,
    request_key text COLLATE "C" NOT NULL,
    action text NOT NULL,
    workflow_id text NOT NULL,
    fingerprint bytea NOT NULL CONSTRAINT request_fingerprint_length CHECK (octet_length(fingerprint) = 32),
    fingerprint_version smallint NOT NULL,
    execution_id uuid NOT NULL,
    actor text NOT NULL,
    reason text NOT NULL,
    -- NULL only inside the transaction that has claimed the key: a committed row has its outcome.
    outcome_code smallint,
    response bytea,
    error_reason text,
    error_message text,
    error_metadata jsonb,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT request_pkey PRIMARY KEY (scope, request_key),
    CONSTRAINT request_outcome CHECK (
        CASE
            WHEN outcome_code IS NULL THEN num_nonnulls(response, error_reason, error_message, error_metadata) = 0
            WHEN outcome_code = 0 THEN response IS NOT NULL AND num_nonnulls(error_reason, error_message, error_metadata) = 0
            ELSE response IS NULL AND num_nonnulls(error_reason, error_message, error_metadata) = 3
        END
    )
)
-- Each row is updated once, in the transaction that inserts it: room on the page keeps that update off the indexes. Expired rows
-- go in bulk, so vacuum must not wait for a fifth of the table.
WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);

CREATE INDEX request_workflow ON {schema}.request (workflow_id, created_at);

-- Without the scope, so that nobody takes it for a way to a key: most databases have one scope.
CREATE INDEX request_created ON {schema}.request (created_at, request_key);

CREATE INDEX request_expires ON {schema}.request (expires_at);
