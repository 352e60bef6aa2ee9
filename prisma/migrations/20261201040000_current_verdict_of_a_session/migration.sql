-- The verdict that stands on a session's label is one lookup, also while the planner knows nothing of the table: by the
-- label alone it may take the session's index instead, and read all verdicts of the session for each label.
drop index "Verification_current_annotation";
create index "Verification_current_annotation" on "Verification" ("projectId", "annotationId", "sessionId") where "current";
