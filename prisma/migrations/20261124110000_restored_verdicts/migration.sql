-- AlterTable
ALTER TABLE "Verification" ADD COLUMN     "restoredById" UUID;

-- AlterTable
ALTER TABLE "CollabTicket" ADD COLUMN     "scopes" TEXT[];
