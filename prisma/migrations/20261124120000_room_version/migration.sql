-- AlterTable
ALTER TABLE "CollabRoom" ADD COLUMN     "version" BIGINT NOT NULL DEFAULT 0;
