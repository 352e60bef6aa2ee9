-- Labels of a job that count as final on the evidence of blind verdicts.
CREATE TABLE "Acceptance" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "jobId" UUID NOT NULL,
    "labelName" TEXT NOT NULL,
    "threshold" DOUBLE PRECISION NOT NULL,
    "epsilon" DOUBLE PRECISION NOT NULL,
    "alpha" DOUBLE PRECISION NOT NULL,
    "accepted" INTEGER NOT NULL,
    "checked" INTEGER NOT NULL,
    "errors" INTEGER NOT NULL,
    "bound" DOUBLE PRECISION NOT NULL,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "undoneAt" TIMESTAMPTZ(3),
    "undoneById" UUID,

    CONSTRAINT "Acceptance_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Acceptance_projectId_id_key" ON "Acceptance"("projectId", "id");

-- CreateIndex
CREATE INDEX "Acceptance_projectId_jobId_labelName_idx" ON "Acceptance"("projectId", "jobId", "labelName");

-- One stands for each job and label.
CREATE UNIQUE INDEX "Acceptance_standing" ON "Acceptance"("projectId", "jobId", "labelName") WHERE "undoneAt" IS NULL;

-- AddForeignKey
ALTER TABLE "Acceptance" ADD CONSTRAINT "Acceptance_projectId_jobId_fkey" FOREIGN KEY ("projectId", "jobId") REFERENCES "Job"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
