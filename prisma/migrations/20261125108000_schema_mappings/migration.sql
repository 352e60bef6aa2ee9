-- CreateEnum
CREATE TYPE "SchemaMappingStatus" AS ENUM ('queued', 'running', 'succeeded', 'failed');

-- CreateTable
CREATE TABLE "SchemaMapping" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "status" "SchemaMappingStatus" NOT NULL DEFAULT 'queued',
    "rules" JSONB NOT NULL,
    "mapped" INTEGER NOT NULL DEFAULT 0,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),
    "undoneAt" TIMESTAMPTZ(3),

    CONSTRAINT "SchemaMapping_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "SchemaMapping_projectId_createdAt_idx" ON "SchemaMapping"("projectId", "createdAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "SchemaMapping_projectId_id_key" ON "SchemaMapping"("projectId", "id");

-- AddForeignKey
ALTER TABLE "SchemaMapping" ADD CONSTRAINT "SchemaMapping_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
