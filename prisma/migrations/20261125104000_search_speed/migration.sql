-- CreateEnum
CREATE TYPE "MetadataIndexState" AS ENUM ('building', 'ready', 'failed');

-- CreateTable
CREATE TABLE "MetadataIndex" (
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "order" TEXT NOT NULL,
    "indexName" TEXT NOT NULL,
    "state" "MetadataIndexState" NOT NULL DEFAULT 'building',
    "error" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "readyAt" TIMESTAMPTZ(3),
    "usedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MetadataIndex_pkey" PRIMARY KEY ("projectId","name","order")
);

-- CreateIndex
CREATE UNIQUE INDEX "MetadataIndex_indexName_key" ON "MetadataIndex"("indexName");

-- CreateIndex
CREATE INDEX "Record_projectId_createdAt_position_idx" ON "Record"("projectId", "createdAt", "position");

-- The newest first, and those of one moment in the order of import. Read from its end.
create index "Record_createdAt_desc" on "Record" ("projectId", "createdAt", (-"position"));

-- Names are compared by code point, so that their unique index also gives their order.
alter table "Record" alter column "externalId" type text collate "C";

-- How frequent a keyword is. PostgreSQL keeps no statistics of a partial index, as that of the trigrams is.
create statistics "Record_content_folded" on (lower("content" collate "pg_c_utf8")) from "Record";
