-- Operations on many workflows, and what became of each of these.

CREATE TABLE {schema}.bulk_operation (
    operation_id text COLLATE "C" NOT NULL,
    scope text COLLATE "C" NOT NULL,
    request_key text NOT NULL,
    action text NOT NULL,
    definition bytea NOT NULL,
    by_filter boolean NOT NULL,
    max_workflows bigint,
    max_per_second integer,
    actor text NOT NULL,
    reason text NOT NULL,
    item_ttl interval NOT NULL,
    state text NOT NULL,
    created_before bigint NOT NULL,
    cursor_created_at bigint,
    cursor_workflow_id text,
    selection_complete boolean NOT NULL,
    found_count bigint NOT NULL,
    applied_count bigint NOT NULL DEFAULT 0,
    unchanged_count bigint NOT NULL DEFAULT 0,
    failed_count bigint NOT NULL DEFAULT 0,
    fencing_token bigint NOT NULL DEFAULT 0,
    lease_expires_at timestamptz,
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
-- The counts are updated with every batch: room on the page keeps that off the indexes.
WITH (fillfactor = 50);

CREATE INDEX bulk_operation_scope ON {schema}.bulk_operation (scope, created_at, operation_id);

CREATE INDEX bulk_operation_running ON {schema}.bulk_operation (created_at) WHERE state = 'RUNNING';

CREATE INDEX bulk_operation_ended ON {schema}.bulk_operation (ended_at) WHERE ended_at IS NOT NULL;

-- Without a reference to its operation, whose check would cost each row more than the row.
CREATE TABLE {schema}.bulk_operation_item (
    operation_id text COLLATE "C" NOT NULL,
    number bigint NOT NULL,
    workflow_id text NOT NULL,
    outcome text,
    result text,
    new_workflow_id text,
    error_reason text,
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
-- Each row is updated once, soon after it was inserted.
WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);
