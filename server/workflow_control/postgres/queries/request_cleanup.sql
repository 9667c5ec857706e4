-- Delete one batch of expired keys, unless another process is at it. Locked rows are being taken over: they are not expired any more.
DELETE FROM {control}.request AS r
WHERE r.ctid = ANY (ARRAY(
    SELECT e.ctid
    FROM {control}.request AS e
    WHERE e.expires_at <= now()
    AND (SELECT pg_catalog.pg_try_advisory_xact_lock(%(lock)s::bigint))
    ORDER BY e.expires_at
    LIMIT %(limit)s
    FOR UPDATE SKIP LOCKED
))
