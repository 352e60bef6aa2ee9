-- The type of a metadata name is from now on that of all its values, else 'json': exports rely on it. An import used to
-- write what it had found itself, whatever the values before were.
UPDATE "MetadataName" n SET "type" = 'json'
FROM (
  SELECT DISTINCT r."projectId", m."key" AS "name",
    CASE WHEN jsonb_typeof(m."value") IN ('array', 'object') THEN 'json' ELSE jsonb_typeof(m."value") END AS "type"
  FROM "Record" r CROSS JOIN LATERAL jsonb_each(r."metadata") m
  WHERE jsonb_typeof(m."value") <> 'null'
) found
WHERE n."projectId" = found."projectId" AND n."name" = found."name" AND n."type" <> found."type" AND n."type" <> 'json';
