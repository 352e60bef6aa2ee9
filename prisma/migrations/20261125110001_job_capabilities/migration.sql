-- AlterTable
ALTER TABLE "Job" ADD COLUMN "capabilities" JSONB;
