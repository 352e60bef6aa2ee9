-- Actions on many records, done and taken back batch by batch; who excluded a record, and what was erased for good.
CREATE TYPE "BulkStatus" AS ENUM ('queued', 'running', 'succeeded', 'failed', 'cancelled', 'undoing', 'undone');

CREATE TABLE "BulkRun" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "status" "BulkStatus" NOT NULL DEFAULT 'queued',
    "action" JSONB NOT NULL,
    "query" JSONB,
    "total" INTEGER NOT NULL DEFAULT 0,
    "nextBatch" INTEGER NOT NULL DEFAULT 0,
    "done" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "skipped" JSONB NOT NULL DEFAULT '{}',
    "error" JSONB,
    "cancelRequestedAt" TIMESTAMPTZ(3),
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),
    "undoneById" UUID,
    "undoStartedAt" TIMESTAMPTZ(3),
    "undoFinishedAt" TIMESTAMPTZ(3),
    "undoDone" INTEGER NOT NULL DEFAULT 0,
    "restored" INTEGER NOT NULL DEFAULT 0,
    "undoSkipped" JSONB NOT NULL DEFAULT '{}',
    "forgottenAt" TIMESTAMPTZ(3),

    CONSTRAINT "BulkRun_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "BulkBatch" (
    "projectId" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "recordIds" UUID[],
    "changedAt" TIMESTAMPTZ(3),
    "changedIds" UUID[],
    "befores" JSONB[],

    CONSTRAINT "BulkBatch_pkey" PRIMARY KEY ("projectId","runId","number")
);

CREATE UNIQUE INDEX "BulkRun_projectId_id_key" ON "BulkRun"("projectId", "id");
CREATE INDEX "BulkRun_projectId_createdAt_idx" ON "BulkRun"("projectId", "createdAt" DESC);

ALTER TABLE "BulkRun" ADD CONSTRAINT "BulkRun_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "BulkBatch" ADD CONSTRAINT "BulkBatch_projectId_runId_fkey" FOREIGN KEY ("projectId", "runId") REFERENCES "BulkRun"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "Record" ADD COLUMN "deletedById" UUID, ADD COLUMN "erasedAt" TIMESTAMPTZ(3);

-- The list of excluded records, newest first.
CREATE INDEX "Record_excluded" ON "Record" ("projectId", "deletedAt" DESC, "id" DESC) WHERE "deletedAt" IS NOT NULL;
