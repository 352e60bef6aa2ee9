-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "InstanceRole" AS ENUM ('owner', 'member', 'guest');

-- CreateEnum
CREATE TYPE "ProjectRole" AS ENUM ('administrator', 'reviewer', 'annotator', 'viewer');

-- CreateEnum
CREATE TYPE "AnnotatorKind" AS ENUM ('user', 'job', 'imported');

-- CreateEnum
CREATE TYPE "JobStatus" AS ENUM ('queued', 'running', 'paused', 'succeeded', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "JobItemStatus" AS ENUM ('queued', 'running', 'answered', 'parsed', 'invalid', 'callFailed', 'promptInvalid');

-- CreateEnum
CREATE TYPE "MetadataVisibility" AS ENUM ('shown', 'team', 'gold');

-- CreateEnum
CREATE TYPE "ImportStatus" AS ENUM ('queued', 'running', 'succeeded', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "SubsetKind" AS ENUM ('live', 'static');

-- CreateEnum
CREATE TYPE "VerificationStatus" AS ENUM ('CONFIRMS', 'CORRECTS', 'UNSURE');

-- CreateEnum
CREATE TYPE "SessionState" AS ENUM ('open', 'closed');

-- CreateTable
CREATE TABLE "User" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "passwordHash" TEXT,
    "instanceRole" "InstanceRole" NOT NULL DEFAULT 'guest',
    "disabledAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Account" (
    "provider" TEXT NOT NULL,
    "providerAccountId" TEXT NOT NULL,
    "userId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Account_pkey" PRIMARY KEY ("provider","providerAccountId")
);

-- CreateTable
CREATE TABLE "AuthSession" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AuthSession_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Membership" (
    "projectId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "role" "ProjectRole" NOT NULL,
    "disabledAt" TIMESTAMPTZ(3),
    "removedAt" TIMESTAMPTZ(3),
    "joinedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "invitationId" UUID,

    CONSTRAINT "Membership_pkey" PRIMARY KEY ("projectId","userId")
);

-- CreateTable
CREATE TABLE "Invitation" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "role" "ProjectRole" NOT NULL,
    "maxUses" INTEGER,
    "uses" INTEGER NOT NULL DEFAULT 0,
    "note" TEXT,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SignInLink" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "createdById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SignInLink_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AccessToken" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "projectId" UUID,
    "tokenHash" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "note" TEXT,
    "scopes" TEXT[],
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "lastUsedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AccessToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "id" UUID NOT NULL,
    "projectId" UUID,
    "actorId" UUID,
    "action" TEXT NOT NULL,
    "target" TEXT,
    "details" JSONB NOT NULL DEFAULT '{}',
    "origin" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Agent" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Agent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AgentVersion" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "agentId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "provider" TEXT NOT NULL,
    "baseUrl" TEXT,
    "model" JSONB NOT NULL,
    "prompt" JSONB NOT NULL,
    "template" TEXT NOT NULL,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AgentVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Aggregation" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "labelName" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "options" JSONB NOT NULL,
    "schemaVersion" INTEGER NOT NULL,
    "counts" JSONB NOT NULL,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Aggregation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FinalLabel" (
    "projectId" UUID NOT NULL,
    "aggregationId" UUID NOT NULL,
    "recordId" UUID NOT NULL,
    "position" BIGINT NOT NULL,
    "value" TEXT[],
    "tie" TEXT[],
    "confidence" DOUBLE PRECISION,
    "entropy" DOUBLE PRECISION,
    "provenance" JSONB NOT NULL,

    CONSTRAINT "FinalLabel_pkey" PRIMARY KEY ("projectId","aggregationId","recordId")
);

-- CreateTable
CREATE TABLE "Annotator" (
    "projectId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" "AnnotatorKind" NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Annotator_pkey" PRIMARY KEY ("projectId","id")
);

-- CreateTable
CREATE TABLE "Annotation" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "recordId" UUID NOT NULL,
    "annotatorId" UUID NOT NULL,
    "labelName" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "start" INTEGER NOT NULL DEFAULT -1,
    "end" INTEGER NOT NULL DEFAULT -1,
    "value" TEXT[],
    "conf" DOUBLE PRECISION,
    "confMethod" TEXT,
    "confReason" TEXT,
    "probabilities" JSONB,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "schemaVersion" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Annotation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AnnotationEvent" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "annotationId" UUID NOT NULL,
    "recordId" UUID NOT NULL,
    "annotatorId" UUID NOT NULL,
    "labelName" TEXT NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "value" TEXT[],
    "cleared" BOOLEAN NOT NULL DEFAULT false,
    "conf" DOUBLE PRECISION,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AnnotationEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Task" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "key" TEXT,
    "priority" INTEGER NOT NULL DEFAULT 0,
    "runAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "maxAttempts" INTEGER NOT NULL DEFAULT 25,
    "leaseToken" UUID,
    "leaseUntil" TIMESTAMPTZ(3),
    "lastError" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IdempotencyKey" (
    "callerId" UUID NOT NULL,
    "route" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "bodyHash" TEXT NOT NULL,
    "status" INTEGER,
    "body" JSONB,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "IdempotencyKey_pkey" PRIMARY KEY ("callerId","route","key")
);

-- CreateTable
CREATE TABLE "CollabRoom" (
    "name" TEXT NOT NULL,
    "projectId" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "chunk" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CollabRoom_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "CollabUpdate" (
    "id" BIGSERIAL NOT NULL,
    "room" TEXT NOT NULL,
    "update" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CollabUpdate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CollabSnapshot" (
    "room" TEXT NOT NULL,
    "state" BYTEA NOT NULL,
    "lastUpdateId" BIGINT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CollabSnapshot_pkey" PRIMARY KEY ("room")
);

-- CreateTable
CREATE TABLE "CollabClient" (
    "room" TEXT NOT NULL,
    "clientId" BIGINT NOT NULL,
    "userId" UUID NOT NULL,

    CONSTRAINT "CollabClient_pkey" PRIMARY KEY ("room","clientId")
);

-- CreateTable
CREATE TABLE "CollabInbox" (
    "id" BIGSERIAL NOT NULL,
    "room" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CollabInbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CollabTicket" (
    "tokenHash" TEXT NOT NULL,
    "userId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CollabTicket_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateTable
CREATE TABLE "Job" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "agentVersionId" UUID NOT NULL,
    "schemaId" UUID NOT NULL,
    "subsetId" UUID,
    "query" JSONB,
    "labels" TEXT[],
    "labelMetadata" TEXT[],
    "status" "JobStatus" NOT NULL DEFAULT 'queued',
    "pausedReason" TEXT,
    "cancelRequested" BOOLEAN NOT NULL DEFAULT false,
    "concurrency" INTEGER NOT NULL DEFAULT 8,
    "maxRetries" INTEGER NOT NULL DEFAULT 5,
    "timeoutMs" INTEGER NOT NULL DEFAULT 60000,
    "fresh" BOOLEAN NOT NULL DEFAULT false,
    "inputPricePerMillionMicroUsd" BIGINT,
    "outputPricePerMillionMicroUsd" BIGINT,
    "spendCapMicroUsd" BIGINT,
    "spentMicroUsd" BIGINT NOT NULL DEFAULT 0,
    "reservedMicroUsd" BIGINT NOT NULL DEFAULT 0,
    "sealedApiKey" BYTEA,
    "total" INTEGER NOT NULL DEFAULT 0,
    "uncertain" INTEGER NOT NULL DEFAULT 0,
    "report" JSONB,
    "error" JSONB,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "JobItem" (
    "projectId" UUID NOT NULL,
    "jobId" UUID NOT NULL,
    "recordId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "status" "JobItemStatus" NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "promptHash" TEXT,
    "promptTokens" INTEGER,
    "completionTokens" INTEGER,
    "tokensEstimated" BOOLEAN NOT NULL DEFAULT false,
    "rawAnswer" TEXT,
    "finishReason" TEXT,
    "answerTokens" BYTEA,
    "servedModel" TEXT,
    "cached" BOOLEAN NOT NULL DEFAULT false,
    "costMicroUsd" BIGINT,
    "latencyMs" INTEGER,
    "reason" TEXT,
    "errorKind" TEXT,
    "errorMessage" TEXT,
    "retryAt" TIMESTAMPTZ(3),
    "answeredAt" TIMESTAMPTZ(3),
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "JobItem_pkey" PRIMARY KEY ("projectId","jobId","recordId")
);

-- CreateTable
CREATE TABLE "JobAttempt" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "jobId" UUID NOT NULL,
    "recordId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "leaseToken" UUID NOT NULL,
    "reservedMicroUsd" BIGINT NOT NULL DEFAULT 0,
    "outcome" TEXT,
    "errorKind" TEXT,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "JobAttempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AnswerCache" (
    "projectId" UUID NOT NULL,
    "requestHash" TEXT NOT NULL,
    "rawAnswer" TEXT NOT NULL,
    "finishReason" TEXT,
    "answerTokens" BYTEA,
    "servedModel" TEXT,
    "promptTokens" INTEGER,
    "completionTokens" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AnswerCache_pkey" PRIMARY KEY ("projectId","requestHash")
);

-- CreateTable
CREATE TABLE "Project" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "archivedAt" TIMESTAMPTZ(3),
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "spendCapMicroUsd" BIGINT,
    "spentMicroUsd" BIGINT NOT NULL DEFAULT 0,
    "reservedMicroUsd" BIGINT NOT NULL DEFAULT 0,
    "nextPosition" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "Project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LabelSchema" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "active" BOOLEAN NOT NULL,
    "labels" JSONB NOT NULL,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "LabelSchema_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MetadataName" (
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "visibility" "MetadataVisibility" NOT NULL DEFAULT 'team',
    "type" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "MetadataName_pkey" PRIMARY KEY ("projectId","name")
);

-- CreateTable
CREATE TABLE "Record" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "externalId" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "position" BIGINT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ImportRun" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "status" "ImportStatus" NOT NULL DEFAULT 'queued',
    "fileName" TEXT,
    "contentType" TEXT NOT NULL,
    "storedAs" TEXT,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "options" JSONB NOT NULL,
    "encoding" TEXT,
    "read" INTEGER NOT NULL DEFAULT 0,
    "imported" INTEGER NOT NULL DEFAULT 0,
    "updated" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "error" JSONB,
    "cancelRequestedAt" TIMESTAMPTZ(3),
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ImportRun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ImportRefusal" (
    "projectId" UUID NOT NULL,
    "importId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "line" INTEGER NOT NULL,
    "externalId" TEXT,
    "code" TEXT NOT NULL,
    "message" TEXT NOT NULL,

    CONSTRAINT "ImportRefusal_pkey" PRIMARY KEY ("projectId","importId","ordinal")
);

-- CreateTable
CREATE TABLE "Subset" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "SubsetKind" NOT NULL,
    "query" JSONB,
    "sample" JSONB,
    "count" INTEGER,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Subset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SubsetRecord" (
    "projectId" UUID NOT NULL,
    "subsetId" UUID NOT NULL,
    "recordId" UUID NOT NULL,
    "inclusion" DOUBLE PRECISION,

    CONSTRAINT "SubsetRecord_pkey" PRIMARY KEY ("projectId","subsetId","recordId")
);

-- CreateTable
CREATE TABLE "Assignment" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "subsetId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "assignedById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "withdrawnAt" TIMESTAMPTZ(3),

    CONSTRAINT "Assignment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Verification" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "annotationId" UUID NOT NULL,
    "recordId" UUID NOT NULL,
    "jobId" UUID NOT NULL,
    "labelName" TEXT NOT NULL,
    "verifierId" UUID NOT NULL,
    "status" "VerificationStatus",
    "value" TEXT[],
    "current" BOOLEAN NOT NULL,
    "overtaken" BOOLEAN NOT NULL DEFAULT false,
    "sessionId" UUID,
    "inSharedSession" BOOLEAN NOT NULL DEFAULT false,
    "blind" BOOLEAN NOT NULL DEFAULT false,
    "reason" TEXT,
    "decidedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VerificationSession" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "labelName" TEXT NOT NULL,
    "schemaId" UUID NOT NULL,
    "state" "SessionState" NOT NULL DEFAULT 'open',
    "mode" TEXT NOT NULL DEFAULT 'shared',
    "order" TEXT NOT NULL DEFAULT 'confidence',
    "jobIds" UUID[],
    "subsetId" UUID,
    "query" JSONB,
    "chunkSize" INTEGER NOT NULL DEFAULT 1000,
    "total" INTEGER NOT NULL DEFAULT 0,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "VerificationSession_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SessionItem" (
    "projectId" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "annotationId" UUID NOT NULL,
    "recordId" UUID NOT NULL,
    "inclusion" DOUBLE PRECISION NOT NULL DEFAULT 1,

    CONSTRAINT "SessionItem_pkey" PRIMARY KEY ("projectId","sessionId","position")
);

-- CreateTable
CREATE TABLE "SessionMember" (
    "projectId" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "userId" UUID NOT NULL,

    CONSTRAINT "SessionMember_pkey" PRIMARY KEY ("projectId","sessionId","userId")
);

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE INDEX "Account_userId_idx" ON "Account"("userId");

-- CreateIndex
CREATE INDEX "AuthSession_userId_idx" ON "AuthSession"("userId");

-- CreateIndex
CREATE INDEX "Membership_userId_idx" ON "Membership"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Invitation_tokenHash_key" ON "Invitation"("tokenHash");

-- CreateIndex
CREATE INDEX "Invitation_projectId_createdAt_idx" ON "Invitation"("projectId", "createdAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "Invitation_projectId_id_key" ON "Invitation"("projectId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "SignInLink_tokenHash_key" ON "SignInLink"("tokenHash");

-- CreateIndex
CREATE INDEX "SignInLink_userId_idx" ON "SignInLink"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "AccessToken_tokenHash_key" ON "AccessToken"("tokenHash");

-- CreateIndex
CREATE INDEX "AccessToken_userId_idx" ON "AccessToken"("userId");

-- CreateIndex
CREATE INDEX "AuditEvent_projectId_createdAt_idx" ON "AuditEvent"("projectId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "Agent_projectId_createdAt_idx" ON "Agent"("projectId", "createdAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "Agent_projectId_id_key" ON "Agent"("projectId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "AgentVersion_projectId_id_key" ON "AgentVersion"("projectId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "AgentVersion_projectId_agentId_version_key" ON "AgentVersion"("projectId", "agentId", "version");

-- CreateIndex
CREATE INDEX "Aggregation_projectId_labelName_createdAt_idx" ON "Aggregation"("projectId", "labelName", "createdAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "Aggregation_projectId_id_key" ON "Aggregation"("projectId", "id");

-- CreateIndex
CREATE INDEX "FinalLabel_projectId_aggregationId_position_idx" ON "FinalLabel"("projectId", "aggregationId", "position");

-- CreateIndex
CREATE INDEX "Annotation_projectId_annotatorId_labelName_conf_recordId_idx" ON "Annotation"("projectId", "annotatorId", "labelName", "conf", "recordId");

-- CreateIndex
CREATE INDEX "Annotation_projectId_labelName_value_idx" ON "Annotation"("projectId", "labelName", "value");

-- CreateIndex
CREATE UNIQUE INDEX "Annotation_projectId_id_key" ON "Annotation"("projectId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Annotation_projectId_recordId_annotatorId_labelName_start_e_key" ON "Annotation"("projectId", "recordId", "annotatorId", "labelName", "start", "end");

-- CreateIndex
CREATE INDEX "AnnotationEvent_projectId_recordId_createdAt_idx" ON "AnnotationEvent"("projectId", "recordId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Task_key_key" ON "Task"("key");

-- CreateIndex
CREATE INDEX "Task_priority_runAt_idx" ON "Task"("priority" DESC, "runAt");

-- CreateIndex
CREATE INDEX "IdempotencyKey_createdAt_idx" ON "IdempotencyKey"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "CollabRoom_projectId_sessionId_chunk_key" ON "CollabRoom"("projectId", "sessionId", "chunk");

-- CreateIndex
CREATE INDEX "CollabUpdate_room_id_idx" ON "CollabUpdate"("room", "id");

-- CreateIndex
CREATE INDEX "CollabInbox_room_id_idx" ON "CollabInbox"("room", "id");

-- CreateIndex
CREATE INDEX "Job_projectId_createdAt_idx" ON "Job"("projectId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "Job_projectId_agentVersionId_idx" ON "Job"("projectId", "agentVersionId");

-- CreateIndex
CREATE UNIQUE INDEX "Job_projectId_id_key" ON "Job"("projectId", "id");

-- CreateIndex
CREATE INDEX "JobItem_projectId_jobId_status_ordinal_idx" ON "JobItem"("projectId", "jobId", "status", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "JobItem_projectId_jobId_ordinal_key" ON "JobItem"("projectId", "jobId", "ordinal");

-- CreateIndex
CREATE INDEX "JobAttempt_projectId_jobId_recordId_idx" ON "JobAttempt"("projectId", "jobId", "recordId");

-- CreateIndex
CREATE INDEX "JobAttempt_jobId_outcome_idx" ON "JobAttempt"("jobId", "outcome");

-- CreateIndex
CREATE UNIQUE INDEX "Project_slug_key" ON "Project"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "LabelSchema_projectId_version_key" ON "LabelSchema"("projectId", "version");

-- CreateIndex
CREATE UNIQUE INDEX "LabelSchema_projectId_id_key" ON "LabelSchema"("projectId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Record_projectId_id_key" ON "Record"("projectId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Record_projectId_externalId_key" ON "Record"("projectId", "externalId");

-- CreateIndex
CREATE UNIQUE INDEX "Record_projectId_position_key" ON "Record"("projectId", "position");

-- CreateIndex
CREATE INDEX "ImportRun_projectId_createdAt_idx" ON "ImportRun"("projectId", "createdAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "ImportRun_projectId_id_key" ON "ImportRun"("projectId", "id");

-- CreateIndex
CREATE INDEX "Subset_projectId_createdAt_idx" ON "Subset"("projectId", "createdAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "Subset_projectId_id_key" ON "Subset"("projectId", "id");

-- CreateIndex
CREATE INDEX "SubsetRecord_projectId_recordId_idx" ON "SubsetRecord"("projectId", "recordId");

-- CreateIndex
CREATE INDEX "Assignment_projectId_userId_idx" ON "Assignment"("projectId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "Assignment_projectId_subsetId_userId_key" ON "Assignment"("projectId", "subsetId", "userId");

-- CreateIndex
CREATE INDEX "Verification_projectId_annotationId_createdAt_idx" ON "Verification"("projectId", "annotationId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "Verification_projectId_recordId_idx" ON "Verification"("projectId", "recordId");

-- CreateIndex
CREATE INDEX "Verification_projectId_jobId_labelName_createdAt_idx" ON "Verification"("projectId", "jobId", "labelName", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "Verification_projectId_sessionId_createdAt_idx" ON "Verification"("projectId", "sessionId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "VerificationSession_projectId_createdAt_idx" ON "VerificationSession"("projectId", "createdAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "VerificationSession_projectId_id_key" ON "VerificationSession"("projectId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "SessionItem_projectId_sessionId_annotationId_key" ON "SessionItem"("projectId", "sessionId", "annotationId");

-- AddForeignKey
ALTER TABLE "Account" ADD CONSTRAINT "Account_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuthSession" ADD CONSTRAINT "AuthSession_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_projectId_invitationId_fkey" FOREIGN KEY ("projectId", "invitationId") REFERENCES "Invitation"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SignInLink" ADD CONSTRAINT "SignInLink_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccessToken" ADD CONSTRAINT "AccessToken_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccessToken" ADD CONSTRAINT "AccessToken_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuditEvent" ADD CONSTRAINT "AuditEvent_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Agent" ADD CONSTRAINT "Agent_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AgentVersion" ADD CONSTRAINT "AgentVersion_projectId_agentId_fkey" FOREIGN KEY ("projectId", "agentId") REFERENCES "Agent"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Aggregation" ADD CONSTRAINT "Aggregation_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FinalLabel" ADD CONSTRAINT "FinalLabel_projectId_aggregationId_fkey" FOREIGN KEY ("projectId", "aggregationId") REFERENCES "Aggregation"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FinalLabel" ADD CONSTRAINT "FinalLabel_projectId_recordId_fkey" FOREIGN KEY ("projectId", "recordId") REFERENCES "Record"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Annotator" ADD CONSTRAINT "Annotator_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Annotation" ADD CONSTRAINT "Annotation_projectId_recordId_fkey" FOREIGN KEY ("projectId", "recordId") REFERENCES "Record"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Annotation" ADD CONSTRAINT "Annotation_projectId_annotatorId_fkey" FOREIGN KEY ("projectId", "annotatorId") REFERENCES "Annotator"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AnnotationEvent" ADD CONSTRAINT "AnnotationEvent_projectId_annotatorId_fkey" FOREIGN KEY ("projectId", "annotatorId") REFERENCES "Annotator"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CollabRoom" ADD CONSTRAINT "CollabRoom_projectId_sessionId_fkey" FOREIGN KEY ("projectId", "sessionId") REFERENCES "VerificationSession"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Job" ADD CONSTRAINT "Job_projectId_agentVersionId_fkey" FOREIGN KEY ("projectId", "agentVersionId") REFERENCES "AgentVersion"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Job" ADD CONSTRAINT "Job_projectId_schemaId_fkey" FOREIGN KEY ("projectId", "schemaId") REFERENCES "LabelSchema"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Job" ADD CONSTRAINT "Job_projectId_id_fkey" FOREIGN KEY ("projectId", "id") REFERENCES "Annotator"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "JobItem" ADD CONSTRAINT "JobItem_projectId_jobId_fkey" FOREIGN KEY ("projectId", "jobId") REFERENCES "Job"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "JobItem" ADD CONSTRAINT "JobItem_projectId_recordId_fkey" FOREIGN KEY ("projectId", "recordId") REFERENCES "Record"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LabelSchema" ADD CONSTRAINT "LabelSchema_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MetadataName" ADD CONSTRAINT "MetadataName_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Record" ADD CONSTRAINT "Record_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ImportRun" ADD CONSTRAINT "ImportRun_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ImportRefusal" ADD CONSTRAINT "ImportRefusal_projectId_importId_fkey" FOREIGN KEY ("projectId", "importId") REFERENCES "ImportRun"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Subset" ADD CONSTRAINT "Subset_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SubsetRecord" ADD CONSTRAINT "SubsetRecord_projectId_subsetId_fkey" FOREIGN KEY ("projectId", "subsetId") REFERENCES "Subset"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SubsetRecord" ADD CONSTRAINT "SubsetRecord_projectId_recordId_fkey" FOREIGN KEY ("projectId", "recordId") REFERENCES "Record"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Assignment" ADD CONSTRAINT "Assignment_projectId_subsetId_fkey" FOREIGN KEY ("projectId", "subsetId") REFERENCES "Subset"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Verification" ADD CONSTRAINT "Verification_projectId_annotationId_fkey" FOREIGN KEY ("projectId", "annotationId") REFERENCES "Annotation"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Verification" ADD CONSTRAINT "Verification_projectId_verifierId_fkey" FOREIGN KEY ("projectId", "verifierId") REFERENCES "Annotator"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Verification" ADD CONSTRAINT "Verification_projectId_sessionId_fkey" FOREIGN KEY ("projectId", "sessionId") REFERENCES "VerificationSession"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VerificationSession" ADD CONSTRAINT "VerificationSession_projectId_schemaId_fkey" FOREIGN KEY ("projectId", "schemaId") REFERENCES "LabelSchema"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SessionItem" ADD CONSTRAINT "SessionItem_projectId_sessionId_fkey" FOREIGN KEY ("projectId", "sessionId") REFERENCES "VerificationSession"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SessionItem" ADD CONSTRAINT "SessionItem_projectId_annotationId_fkey" FOREIGN KEY ("projectId", "annotationId") REFERENCES "Annotation"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SessionItem" ADD CONSTRAINT "SessionItem_projectId_recordId_fkey" FOREIGN KEY ("projectId", "recordId") REFERENCES "Record"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SessionMember" ADD CONSTRAINT "SessionMember_projectId_sessionId_fkey" FOREIGN KEY ("projectId", "sessionId") REFERENCES "VerificationSession"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

