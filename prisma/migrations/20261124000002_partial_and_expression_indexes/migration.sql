-- What Prisma's schema can't say: partial and expression indexes. Keep them when a new migration is generated.

-- Exactly one active schema version per project.
create unique index "LabelSchema_active" on "LabelSchema" ("projectId") where "active";

-- Keyword search folds case by code point, independent of the server's locale.
create index "Record_content_trgm" on "Record" using gin (lower("content" collate "pg_c_utf8") gin_trgm_ops)
  where "deletedAt" is null;

-- Outside shared sessions one verdict per person and annotation is current; inside one, the room's winner alone.
create unique index "Verification_current_person" on "Verification" ("projectId", "annotationId", "verifierId")
  where "current" and not "inSharedSession";
create unique index "Verification_current_session" on "Verification" ("projectId", "sessionId", "annotationId")
  where "current" and "inSharedSession";
create index "Verification_current_annotation" on "Verification" ("projectId", "annotationId") where "current";

-- A job's work list: what is still to be asked, in order.
create index "JobItem_open" on "JobItem" ("jobId", "ordinal") where "status" in ('queued', 'running');
create index "JobAttempt_in_flight" on "JobAttempt" ("jobId") where "outcome" is null;
