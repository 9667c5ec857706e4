-- How many bytes an export has at least: those of its texts, and eight for the rest of each row. Sizes are known without reading the texts.
SELECT sum(e.size)::bigint
FROM (
    SELECT 8 + coalesce(octet_length(w.inputs), 0) + coalesce(octet_length(w.output), 0) + coalesce(octet_length(w.error), 0)
    FROM {dbos}.workflow_status AS w
    WHERE w.workflow_uuid = ANY (%(workflow_ids)s::text[])
    UNION ALL --? workflow_input
    SELECT coalesce(octet_length(i.inputs), 0) --? workflow_input
    FROM {dbos}.workflow_input AS i --? workflow_input
    WHERE i.workflow_uuid = ANY (%(workflow_ids)s::text[]) --? workflow_input
    UNION ALL --? workflow_output
    SELECT coalesce(octet_length(o.output), 0) + coalesce(octet_length(o.error), 0) --? workflow_output
    FROM {dbos}.workflow_output AS o --? workflow_output
    WHERE o.workflow_uuid = ANY (%(workflow_ids)s::text[]) --? workflow_output
    UNION ALL
    SELECT 8 + coalesce(octet_length(s.output), 0) + coalesce(octet_length(s.error), 0)
    FROM {dbos}.operation_outputs AS s
    WHERE s.workflow_uuid = ANY (%(workflow_ids)s::text[])
    UNION ALL
    SELECT 8 + octet_length(v.value)
    FROM {dbos}.workflow_events AS v
    WHERE v.workflow_uuid = ANY (%(workflow_ids)s::text[])
    UNION ALL
    SELECT 8 + octet_length(h.value)
    FROM {dbos}.workflow_events_history AS h
    WHERE h.workflow_uuid = ANY (%(workflow_ids)s::text[])
    UNION ALL
    SELECT 8 + octet_length(t.value)
    FROM {dbos}.streams AS t
    WHERE t.workflow_uuid = ANY (%(workflow_ids)s::text[])
    UNION ALL --? condition.messages
    SELECT 8 + octet_length(n.message) --? condition.messages
    FROM {dbos}.notifications AS n --? condition.messages
    WHERE n.destination_uuid = ANY (%(workflow_ids)s::text[]) --? condition.messages
) AS e (size)
