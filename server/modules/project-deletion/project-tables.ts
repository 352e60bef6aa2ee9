/**
 * Every table that holds rows of a project, those that point at others before what they point at: the order in which
 * they can be deleted. A test compares it with the database, its foreign keys included.
 */
export const PROJECT_TABLES = [
  "CollabTicket",
  "CollabRoom",
  "SessionLease",
  "SessionMember",
  "SessionItem",
  "SessionReport",
  "InboxEntry",
  "Comment",
  "RecordFlag",
  "Verification",
  "Reconciliation",
  "FinalLabel",
  "Aggregation",
  "AnnotationEvent",
  "AnnotationResponse",
  "Annotation",
  "Acceptance",
  "JobSample",
  "JobExample",
  "JobItem",
  "JobAttempt",
  "JobBatch",
  "AnswerCache",
  "Job",
  "VerificationSession",
  "AssignmentRecord",
  "Assignment",
  "SubsetRecord",
  "Subset",
  "RecordVector",
  "VectorSpace",
  "EmbeddingRun",
  "BulkBatch",
  "BulkRun",
  "ImportRefusal",
  "ImportRun",
  "Annotator",
  "Record",
  "MetadataName",
  "SchemaMapping",
  "LabelSchema",
  "AgentVersion",
  "Agent",
  "ModelCapability",
  "LlmKey",
  "WebhookDelivery",
  "Webhook",
  "ViewSetting",
  "Membership",
  "Invitation",
  "AccessToken",
  "AuditEvent",
] as const;

/** Tables that name a live room in place of its project; they go before the rooms. */
export const ROOM_TABLES = ["CollabUpdate", "CollabInbox", "CollabClient", "CollabSnapshot"] as const;

/** Rows of these outlive the project until the worker has dropped the index that each tells of. */
export const OUTLIVING_TABLES = ["MetadataIndex"] as const;
