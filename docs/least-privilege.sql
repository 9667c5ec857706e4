-- What a role needs to serve, and no more. Run it as an owner of both schemas, or as a superuser: after
-- `python -m workflow_control migrate`, and again after an upgrade of DBOS, which may add tables. Change the three names if yours differ.
-- The role is made without a password if it is not there: ALTER ROLE ... PASSWORD gives it one.
DO $$
DECLARE
    server_role CONSTANT text := 'workflow_control_server';
    dbos_schema CONSTANT text := 'dbos';
    control_schema CONSTANT text := 'workflow_control';
    needed record;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = server_role) THEN
        EXECUTE format('CREATE ROLE %I LOGIN', server_role);
    END IF;
    EXECUTE format('GRANT USAGE ON SCHEMA %I, %I TO %I', dbos_schema, control_schema, server_role);
    FOR needed IN
        VALUES
            (dbos_schema, 'workflow_status', 'SELECT, INSERT, UPDATE, DELETE'),
            (dbos_schema, 'operation_outputs', 'SELECT, INSERT, UPDATE, DELETE'),
            (dbos_schema, 'notifications', 'SELECT, INSERT, DELETE'),
            (dbos_schema, 'workflow_events', 'SELECT, INSERT, DELETE'),
            (dbos_schema, 'workflow_events_history', 'SELECT, INSERT, DELETE'),
            (dbos_schema, 'streams', 'SELECT, INSERT, DELETE'),
            (dbos_schema, 'workflow_input', 'SELECT, INSERT, UPDATE, DELETE'), -- From DBOS 3.0 on, as the next.
            (dbos_schema, 'workflow_output', 'SELECT, INSERT, DELETE'),
            (dbos_schema, 'queues', 'SELECT, INSERT, UPDATE, DELETE'), -- From DBOS 2.20 on.
            (dbos_schema, 'application_versions', 'SELECT, UPDATE'), -- From DBOS 2.14 on.
            (dbos_schema, 'workflow_schedules', 'SELECT, INSERT, UPDATE, DELETE'), -- From DBOS 2.13 on.
            (dbos_schema, 'transaction_outputs', 'SELECT, DELETE'), -- Of DBOS 2, where an application's own database is the same.
            (dbos_schema, 'dbos_migrations', 'SELECT'),
            (control_schema, 'request', 'SELECT, INSERT, UPDATE, DELETE'),
            (control_schema, 'bulk_operation', 'SELECT, INSERT, UPDATE, DELETE'),
            (control_schema, 'bulk_operation_item', 'SELECT, INSERT, UPDATE, DELETE'),
            (control_schema, 'migration', 'SELECT')
    LOOP
        IF to_regclass(format('%I.%I', needed.column1, needed.column2)) IS NOT NULL THEN
            EXECUTE format('GRANT %s ON %I.%I TO %I', needed.column3, needed.column1, needed.column2, server_role);
        END IF;
    END LOOP;
END
$$;
