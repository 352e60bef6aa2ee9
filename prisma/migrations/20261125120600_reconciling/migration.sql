-- What people decided at last about labels on which annotators differ.
CREATE TABLE "Reconciliation" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "recordId" UUID NOT NULL,
    "labelName" TEXT NOT NULL,
    "start" INTEGER NOT NULL DEFAULT -1,
    "end" INTEGER NOT NULL DEFAULT -1,
    "value" TEXT[],
    "cleared" BOOLEAN NOT NULL DEFAULT false,
    "current" BOOLEAN NOT NULL,
    "overtaken" BOOLEAN NOT NULL DEFAULT false,
    "note" TEXT,
    "votesVersion" TEXT NOT NULL,
    "schemaVersion" INTEGER NOT NULL,
    "authorId" UUID NOT NULL,
    "replacesId" UUID,
    "restoredFromId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Reconciliation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Reconciliation_projectId_recordId_createdAt_idx" ON "Reconciliation"("projectId", "recordId", "createdAt");

-- CreateIndex
CREATE INDEX "Reconciliation_projectId_labelName_id_idx" ON "Reconciliation"("projectId", "labelName", "id" DESC);

-- One decision stands for each label of a record, or of one span of it.
CREATE UNIQUE INDEX "Reconciliation_current" ON "Reconciliation"("projectId", "labelName", "recordId", "start", "end") WHERE "current";

-- AddForeignKey
ALTER TABLE "Reconciliation" ADD CONSTRAINT "Reconciliation_projectId_recordId_fkey" FOREIGN KEY ("projectId", "recordId") REFERENCES "Record"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Reconciliation" ADD CONSTRAINT "Reconciliation_projectId_authorId_fkey" FOREIGN KEY ("projectId", "authorId") REFERENCES "Annotator"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- How a label came to be changed, where it wasn't simply given: null, or `bulk`, `restored` and so on.
ALTER TABLE "AnnotationEvent" ADD COLUMN "origin" TEXT,
ADD COLUMN "restoredFromId" UUID;
