-- CreateEnum
CREATE TYPE "VectorSource" AS ENUM ('given', 'embeddings');

-- CreateEnum
CREATE TYPE "EmbeddingStatus" AS ENUM ('queued', 'running', 'succeeded', 'failed', 'cancelled');

-- CreateTable
CREATE TABLE "VectorSpace" (
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "dimensions" INTEGER NOT NULL,
    "source" "VectorSource" NOT NULL,
    "model" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "VectorSpace_pkey" PRIMARY KEY ("projectId","name")
);

-- CreateTable
CREATE TABLE "RecordVector" (
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "recordId" UUID NOT NULL,
    "values" REAL[],
    "norm" REAL NOT NULL,
    "signature" bit(256) NOT NULL,

    CONSTRAINT "RecordVector_pkey" PRIMARY KEY ("projectId","name","recordId")
);

-- CreateTable
CREATE TABLE "EmbeddingRun" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "baseUrl" TEXT,
    "query" JSONB,
    "status" "EmbeddingStatus" NOT NULL DEFAULT 'queued',
    "total" INTEGER NOT NULL DEFAULT 0,
    "done" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "promptTokens" BIGINT NOT NULL DEFAULT 0,
    "reached" BIGINT NOT NULL DEFAULT -1,
    "error" JSONB,
    "sealedApiKey" BYTEA,
    "cancelRequested" BOOLEAN NOT NULL DEFAULT false,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "EmbeddingRun_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "RecordVector_projectId_recordId_idx" ON "RecordVector"("projectId", "recordId");

-- CreateIndex
CREATE INDEX "EmbeddingRun_projectId_createdAt_idx" ON "EmbeddingRun"("projectId", "createdAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "EmbeddingRun_projectId_id_key" ON "EmbeddingRun"("projectId", "id");

-- AddForeignKey
ALTER TABLE "VectorSpace" ADD CONSTRAINT "VectorSpace_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RecordVector" ADD CONSTRAINT "RecordVector_projectId_name_fkey" FOREIGN KEY ("projectId", "name") REFERENCES "VectorSpace"("projectId", "name") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RecordVector" ADD CONSTRAINT "RecordVector_projectId_recordId_fkey" FOREIGN KEY ("projectId", "recordId") REFERENCES "Record"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EmbeddingRun" ADD CONSTRAINT "EmbeddingRun_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- Values of any length stand outside the row: a scan that compares signatures reads some 100 bytes a vector.
ALTER TABLE "RecordVector" ALTER COLUMN "values" SET STORAGE EXTERNAL;
ALTER TABLE "RecordVector" SET (toast_tuple_target = 128);
