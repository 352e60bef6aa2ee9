-- CreateTable
CREATE TABLE "LlmKey" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "baseUrl" TEXT NOT NULL DEFAULT '',
    "sealedKey" BYTEA NOT NULL,
    "lastFour" TEXT NOT NULL,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "LlmKey_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "LlmKey_projectId_provider_baseUrl_key" ON "LlmKey"("projectId", "provider", "baseUrl");

-- AddForeignKey
ALTER TABLE "LlmKey" ADD CONSTRAINT "LlmKey_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AlterTable
ALTER TABLE "Job" ADD COLUMN "llmKeyId" UUID,
ADD COLUMN "errorPolicy" JSONB;
