-- The joins that _payload_columns.sql needs.
LEFT JOIN {dbos}.workflow_input AS i ON i.workflow_uuid = w.workflow_uuid --? workflow_input
LEFT JOIN {dbos}.workflow_output AS o ON o.workflow_uuid = w.workflow_uuid --? workflow_output
