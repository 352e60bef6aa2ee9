-- CreateEnum
CREATE TYPE "FlagKind" AS ENUM ('wrongText', 'unclearGuideline', 'notInSchema', 'other');

-- CreateEnum
CREATE TYPE "FlagState" AS ENUM ('open', 'resolved', 'withdrawn');

-- CreateEnum
CREATE TYPE "InboxKind" AS ENUM ('mention', 'reply', 'flagResolved');

-- CreateTable
CREATE TABLE "Comment" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "recordId" UUID NOT NULL,
    "sessionId" UUID,
    "labelName" TEXT,
    "authorId" UUID NOT NULL,
    "body" TEXT NOT NULL,
    "mentions" UUID[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "editedAt" TIMESTAMPTZ(3),
    "deletedAt" TIMESTAMPTZ(3),
    "deletedById" UUID,
    "resolvedAt" TIMESTAMPTZ(3),
    "resolvedById" UUID,

    CONSTRAINT "Comment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RecordFlag" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "recordId" UUID NOT NULL,
    "sessionId" UUID,
    "labelName" TEXT,
    "authorId" UUID NOT NULL,
    "kind" "FlagKind" NOT NULL,
    "note" TEXT,
    "state" "FlagState" NOT NULL DEFAULT 'open',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settledAt" TIMESTAMPTZ(3),
    "settledById" UUID,
    "resolution" TEXT,

    CONSTRAINT "RecordFlag_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "InboxEntry" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "kind" "InboxKind" NOT NULL,
    "recordId" UUID NOT NULL,
    "commentId" UUID,
    "flagId" UUID,
    "byId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "readAt" TIMESTAMPTZ(3),

    CONSTRAINT "InboxEntry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Comment_projectId_recordId_id_idx" ON "Comment"("projectId", "recordId", "id");

-- CreateIndex
CREATE INDEX "Comment_projectId_authorId_createdAt_idx" ON "Comment"("projectId", "authorId", "createdAt");

-- CreateIndex
CREATE INDEX "Comment_projectId_changedAt_idx" ON "Comment"("projectId", "changedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Comment_projectId_id_key" ON "Comment"("projectId", "id");

-- CreateIndex
CREATE INDEX "RecordFlag_projectId_recordId_idx" ON "RecordFlag"("projectId", "recordId");

-- CreateIndex
CREATE INDEX "RecordFlag_projectId_state_id_idx" ON "RecordFlag"("projectId", "state", "id");

-- CreateIndex
CREATE INDEX "RecordFlag_projectId_authorId_createdAt_idx" ON "RecordFlag"("projectId", "authorId", "createdAt");

-- CreateIndex
CREATE INDEX "RecordFlag_projectId_changedAt_idx" ON "RecordFlag"("projectId", "changedAt");

-- CreateIndex
CREATE UNIQUE INDEX "RecordFlag_projectId_id_key" ON "RecordFlag"("projectId", "id");

-- CreateIndex
CREATE INDEX "InboxEntry_projectId_userId_id_idx" ON "InboxEntry"("projectId", "userId", "id");

-- AddForeignKey
ALTER TABLE "Comment" ADD CONSTRAINT "Comment_projectId_recordId_fkey" FOREIGN KEY ("projectId", "recordId") REFERENCES "Record"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Comment" ADD CONSTRAINT "Comment_projectId_sessionId_fkey" FOREIGN KEY ("projectId", "sessionId") REFERENCES "VerificationSession"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RecordFlag" ADD CONSTRAINT "RecordFlag_projectId_recordId_fkey" FOREIGN KEY ("projectId", "recordId") REFERENCES "Record"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RecordFlag" ADD CONSTRAINT "RecordFlag_projectId_sessionId_fkey" FOREIGN KEY ("projectId", "sessionId") REFERENCES "VerificationSession"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InboxEntry" ADD CONSTRAINT "InboxEntry_projectId_recordId_fkey" FOREIGN KEY ("projectId", "recordId") REFERENCES "Record"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InboxEntry" ADD CONSTRAINT "InboxEntry_projectId_commentId_fkey" FOREIGN KEY ("projectId", "commentId") REFERENCES "Comment"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InboxEntry" ADD CONSTRAINT "InboxEntry_projectId_flagId_fkey" FOREIGN KEY ("projectId", "flagId") REFERENCES "RecordFlag"("projectId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A person has at most one open flag on a record.
create unique index "RecordFlag_open" on "RecordFlag" ("projectId", "recordId", "authorId") where "state" = 'open';

-- The number beside the bell.
create index "InboxEntry_unread" on "InboxEntry" ("projectId", "userId") where "readAt" is null;

-- An inbox loses what a comment said when the comment goes.
create index "InboxEntry_comment" on "InboxEntry" ("projectId", "commentId") where "commentId" is not null;
