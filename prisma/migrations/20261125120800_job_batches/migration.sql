-- CreateEnum
CREATE TYPE "JobMode" AS ENUM ('live', 'batch');

-- CreateEnum
CREATE TYPE "JobBatchStatus" AS ENUM ('preparing', 'sending', 'sent', 'ended', 'refused', 'lost');

-- AlterTable
ALTER TABLE "Job" ADD COLUMN "mode" "JobMode" NOT NULL DEFAULT 'live';

-- AlterTable
ALTER TABLE "JobAttempt" ADD COLUMN "batchId" UUID, ADD COLUMN "requestHash" TEXT;

-- CreateTable
CREATE TABLE "JobBatch" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "jobId" UUID NOT NULL,
    "status" "JobBatchStatus" NOT NULL DEFAULT 'preparing',
    "externalId" TEXT,
    "requests" INTEGER NOT NULL DEFAULT 0,
    "done" INTEGER NOT NULL DEFAULT 0,
    "cancelled" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sentAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "JobBatch_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "JobBatch_projectId_jobId_status_idx" ON "JobBatch"("projectId", "jobId", "status");

-- AddForeignKey
ALTER TABLE "JobBatch" ADD CONSTRAINT "JobBatch_projectId_jobId_fkey" FOREIGN KEY ("projectId", "jobId") REFERENCES "Job"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What is still open of a batch, and which requests of a job are at the provider. Calls of their own are in neither.
CREATE INDEX "JobAttempt_batch_open" ON "JobAttempt" ("batchId", "id") WHERE "batchId" IS NOT NULL AND "outcome" IS NULL;
CREATE INDEX "JobAttempt_batch_hash" ON "JobAttempt" ("jobId", "requestHash") WHERE "batchId" IS NOT NULL AND "outcome" IS NULL;
