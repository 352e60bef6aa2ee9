-- AlterTable
ALTER TABLE "VerificationSession" ADD COLUMN     "overlap" INTEGER,
ADD COLUMN     "blindShare" DOUBLE PRECISION NOT NULL DEFAULT 0,
ADD COLUMN     "blindSeed" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "SessionItem" ADD COLUMN     "blind" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "SessionLease" ADD COLUMN     "slot" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "CollabRoom" ADD COLUMN     "userId" UUID;

-- DropIndex
DROP INDEX "SessionLease_projectId_sessionId_recordId_key";

-- DropIndex
DROP INDEX "CollabRoom_projectId_sessionId_chunk_key";

-- CreateIndex
CREATE INDEX "SessionItem_projectId_sessionId_recordId_idx" ON "SessionItem"("projectId", "sessionId", "recordId");

-- CreateIndex
CREATE UNIQUE INDEX "SessionLease_projectId_sessionId_recordId_slot_key" ON "SessionLease"("projectId", "sessionId", "recordId", "slot");

-- CreateIndex
CREATE INDEX "CollabRoom_projectId_sessionId_chunk_idx" ON "CollabRoom"("projectId", "sessionId", "chunk");

-- In an independent session, as outside, one verdict per person and annotation is current: each session on its own.
drop index "Verification_current_person";
create unique index "Verification_current_person" on "Verification"
  ("projectId", "annotationId", "verifierId", "sessionId") nulls not distinct
  where "current" and not "inSharedSession";
