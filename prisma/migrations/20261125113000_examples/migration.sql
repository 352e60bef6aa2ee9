-- CreateTable
CREATE TABLE "JobExample" (
    "projectId" UUID NOT NULL,
    "jobId" UUID NOT NULL,
    "recordId" UUID NOT NULL,
    "labels" JSONB NOT NULL,

    CONSTRAINT "JobExample_pkey" PRIMARY KEY ("projectId","jobId","recordId")
);

-- AddForeignKey
ALTER TABLE "JobExample" ADD CONSTRAINT "JobExample_projectId_jobId_fkey" FOREIGN KEY ("projectId", "jobId") REFERENCES "Job"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "JobExample" ADD CONSTRAINT "JobExample_projectId_recordId_fkey" FOREIGN KEY ("projectId", "recordId") REFERENCES "Record"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
