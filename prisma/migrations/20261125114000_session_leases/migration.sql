-- CreateTable
CREATE TABLE "SessionLease" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "recordId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SessionLease_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "SessionLease_projectId_sessionId_userId_idx" ON "SessionLease"("projectId", "sessionId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "SessionLease_projectId_sessionId_recordId_key" ON "SessionLease"("projectId", "sessionId", "recordId");

-- AddForeignKey
ALTER TABLE "SessionLease" ADD CONSTRAINT "SessionLease_projectId_sessionId_fkey" FOREIGN KEY ("projectId", "sessionId") REFERENCES "VerificationSession"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
