-- AlterTable
ALTER TABLE "Verification" ADD COLUMN     "start" INTEGER,
ADD COLUMN     "end" INTEGER;

-- AlterTable
ALTER TABLE "CollabInbox" ADD COLUMN     "map" TEXT NOT NULL DEFAULT 'decisions';
