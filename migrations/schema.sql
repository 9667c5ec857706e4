-- The end state of all migrations, for reading. A test compares it with a migrated database; nothing executes it otherwise.

-- Which migrations are applied. Made by the migrator itself before the first one.
CREATE TABLE {schema}.migration (
    version integer NOT NULL,
    name text NOT NULL,
    checksum text NOT NULL, -- SHA-256 of the file, in hexadecimal.
    applied_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT migration_pkey PRIMARY KEY (version)
);

-- The journal of keyed mutations: one row per request key, committed together with the mutation's effect.
CREATE TABLE {schema}.request (
    scope text COLLATE "C" NOT NULL, -- Who called.
    request_key text COLLATE "C" NOT NULL,
    action text NOT NULL, -- The RPC, such as CancelWorkflow.
    workflow_id text NOT NULL, -- Empty where a request names several.
    fingerprint bytea NOT NULL, -- What was asked, as a hash; those of two versions do not compare.
    fingerprint_version smallint NOT NULL,
    execution_id uuid NOT NULL, -- The call that executed it.
    actor text NOT NULL,
    reason text NOT NULL,
    outcome_code smallint, -- 0 is OK, else the gRPC code. NULL only inside the transaction that has claimed the key.
    response bytea, -- With code 0: the response message.
    error_reason text, -- With any other code: what was answered.
    error_message text,
    error_metadata jsonb,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL, -- From here on the key is free.
    CONSTRAINT request_pkey PRIMARY KEY (scope, request_key),
    CONSTRAINT request_fingerprint_length CHECK (octet_length(fingerprint) = 32),
    CONSTRAINT request_outcome CHECK (
        CASE
            WHEN outcome_code IS NULL THEN num_nonnulls(response, error_reason, error_message, error_metadata) = 0
            WHEN outcome_code = 0 THEN response IS NOT NULL AND num_nonnulls(error_reason, error_message, error_metadata) = 0
            ELSE response IS NULL AND num_nonnulls(error_reason, error_message, error_metadata) = 3
        END
    )
)
WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);

-- The journal of one workflow.
CREATE INDEX request_workflow ON {schema}.request (workflow_id, created_at);

-- The journal, page by page. Without the scope, so that nobody takes it for a way to a key: most databases have one scope.
CREATE INDEX request_created ON {schema}.request (created_at, request_key);

-- For cleanup.
CREATE INDEX request_expires ON {schema}.request (expires_at);
