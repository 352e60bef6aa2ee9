-- Answers that an item has of those it needs: more than one with confidence by self-consistency.
ALTER TABLE "JobItem" ADD COLUMN "sampled" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "JobSample" (
    "projectId" UUID NOT NULL,
    "jobId" UUID NOT NULL,
    "recordId" UUID NOT NULL,
    "sample" INTEGER NOT NULL,
    "requestHash" TEXT NOT NULL,
    "rawAnswer" TEXT NOT NULL,
    "finishReason" TEXT,
    "servedModel" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "JobSample_pkey" PRIMARY KEY ("projectId","jobId","recordId","sample")
);

-- CreateIndex
CREATE INDEX "JobSample_projectId_recordId_idx" ON "JobSample"("projectId", "recordId");

-- AddForeignKey
ALTER TABLE "JobSample" ADD CONSTRAINT "JobSample_projectId_jobId_recordId_fkey" FOREIGN KEY ("projectId", "jobId", "recordId") REFERENCES "JobItem"("projectId", "jobId", "recordId") ON DELETE RESTRICT ON UPDATE CASCADE;
