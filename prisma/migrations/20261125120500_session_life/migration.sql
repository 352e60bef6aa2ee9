-- AlterTable
ALTER TABLE "Verification" ADD COLUMN     "activeMs" INTEGER;

-- AlterTable
ALTER TABLE "VerificationSession" ADD COLUMN     "chunks" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "sample" JSONB;

-- How many parts a session has was told by how many items it has, until parts could be added.
UPDATE "VerificationSession" SET "chunks" = ("total" + "chunkSize" - 1) / "chunkSize";

-- CreateTable
CREATE TABLE "SessionReport" (
    "projectId" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "report" JSONB NOT NULL,
    "closedById" UUID NOT NULL,
    "closedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SessionReport_pkey" PRIMARY KEY ("projectId","sessionId","number")
);

-- AddForeignKey
ALTER TABLE "SessionReport" ADD CONSTRAINT "SessionReport_projectId_sessionId_fkey" FOREIGN KEY ("projectId", "sessionId") REFERENCES "VerificationSession"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
