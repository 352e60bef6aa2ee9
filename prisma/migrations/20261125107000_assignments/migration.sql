-- CreateEnum
CREATE TYPE "AssignmentMode" AS ENUM ('all', 'split', 'perRecord');

-- DropIndex
DROP INDEX "Assignment_projectId_subsetId_userId_key";

-- AlterTable
ALTER TABLE "Subset" ADD COLUMN "countedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Assignment" ADD COLUMN "mode" "AssignmentMode" NOT NULL DEFAULT 'all',
ADD COLUMN "perRecord" INTEGER,
ADD COLUMN "seed" INTEGER,
ADD COLUMN "dueAt" TIMESTAMPTZ(3),
ADD COLUMN "labels" TEXT[];

-- CreateTable
CREATE TABLE "AssignmentRecord" (
    "projectId" UUID NOT NULL,
    "assignmentId" UUID NOT NULL,
    "recordId" UUID NOT NULL,

    CONSTRAINT "AssignmentRecord_pkey" PRIMARY KEY ("projectId","assignmentId","recordId")
);

-- CreateIndex
CREATE INDEX "AssignmentRecord_projectId_recordId_idx" ON "AssignmentRecord"("projectId", "recordId");

-- CreateIndex
CREATE INDEX "Assignment_projectId_subsetId_idx" ON "Assignment"("projectId", "subsetId");

-- CreateIndex
CREATE UNIQUE INDEX "Assignment_projectId_id_key" ON "Assignment"("projectId", "id");

-- AddForeignKey
ALTER TABLE "AssignmentRecord" ADD CONSTRAINT "AssignmentRecord_projectId_assignmentId_fkey" FOREIGN KEY ("projectId", "assignmentId") REFERENCES "Assignment"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AssignmentRecord" ADD CONSTRAINT "AssignmentRecord_projectId_recordId_fkey" FOREIGN KEY ("projectId", "recordId") REFERENCES "Record"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A person has a subset, or a share of it, once at a time; what was withdrawn stays as history.
create unique index "Assignment_current" on "Assignment" ("projectId", "subsetId", "userId") where "withdrawnAt" is null;

-- A frozen subset knew how many records it holds when it was made.
update "Subset" set "countedAt" = "createdAt" where "count" is not null;
