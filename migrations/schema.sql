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

-- Operations on many workflows.
CREATE TABLE {schema}.bulk_operation (
    operation_id text COLLATE "C" NOT NULL,
    scope text COLLATE "C" NOT NULL, -- Who started it.
    request_key text NOT NULL, -- The request that started it.
    action text NOT NULL, -- What is done to each workflow, by the RPC's name, such as CancelWorkflow.
    definition bytea NOT NULL, -- The StartBulkOperationRequest, serialized: its action and its filter, nothing else.
    by_filter boolean NOT NULL, -- Else its workflows were named, and are all found from the beginning.
    max_workflows bigint,
    max_per_second integer,
    actor text NOT NULL,
    reason text NOT NULL,
    item_ttl interval NOT NULL, -- How long each workflow's entry stays in the journal.
    state text NOT NULL,
    created_before bigint NOT NULL, -- Only workflows created before, in DBOS's milliseconds.
    cursor_created_at bigint, -- The last workflow that was found; NULL: none yet.
    cursor_workflow_id text,
    selection_complete boolean NOT NULL, -- All workflows were found.
    found_count bigint NOT NULL,
    applied_count bigint NOT NULL DEFAULT 0,
    unchanged_count bigint NOT NULL DEFAULT 0,
    failed_count bigint NOT NULL DEFAULT 0,
    fencing_token bigint NOT NULL DEFAULT 0, -- Of the last lease: whoever has an older one writes nothing.
    lease_expires_at timestamptz, -- NULL: nobody holds it.
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    ended_at timestamptz,
    CONSTRAINT bulk_operation_pkey PRIMARY KEY (operation_id),
    CONSTRAINT bulk_operation_state CHECK (state IN ('RUNNING', 'PAUSED', 'STOPPED', 'COMPLETED')),
    CONSTRAINT bulk_operation_ended CHECK ((state IN ('STOPPED', 'COMPLETED')) = (ended_at IS NOT NULL)),
    CONSTRAINT bulk_operation_counts CHECK (applied_count + unchanged_count + failed_count <= found_count),
    CONSTRAINT bulk_operation_completed CHECK (
        state <> 'COMPLETED' OR (selection_complete AND applied_count + unchanged_count + failed_count = found_count)
    )
)
WITH (fillfactor = 50);

-- The list of operations.
CREATE INDEX bulk_operation_scope ON {schema}.bulk_operation (scope, created_at, operation_id);

-- For whoever looks for work.
CREATE INDEX bulk_operation_running ON {schema}.bulk_operation (created_at) WHERE state = 'RUNNING';

-- For cleanup.
CREATE INDEX bulk_operation_ended ON {schema}.bulk_operation (ended_at) WHERE ended_at IS NOT NULL;

-- The workflows of operations, and what became of each.
CREATE TABLE {schema}.bulk_operation_item (
    operation_id text COLLATE "C" NOT NULL,
    number bigint NOT NULL, -- 1, 2, 3, ... in the order in which they were found.
    workflow_id text NOT NULL,
    outcome text, -- NULL: nothing yet.
    result text, -- With APPLIED and UNCHANGED: the outcome that the mutation's response has.
    new_workflow_id text, -- Of a fork or a restart.
    error_reason text, -- With FAILED.
    error_message text,
    settled_at timestamptz,
    CONSTRAINT bulk_operation_item_pkey PRIMARY KEY (operation_id, number),
    CONSTRAINT bulk_operation_item_outcome CHECK (
        CASE
            WHEN outcome IS NULL THEN num_nonnulls(result, new_workflow_id, error_reason, error_message, settled_at) = 0
            WHEN outcome IN ('APPLIED', 'UNCHANGED')
                THEN result IS NOT NULL AND settled_at IS NOT NULL AND num_nonnulls(error_reason, error_message) = 0
            ELSE outcome = 'FAILED' AND settled_at IS NOT NULL AND num_nonnulls(result, new_workflow_id) = 0
                AND num_nonnulls(error_reason, error_message) = 2
        END
    )
)
WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);
