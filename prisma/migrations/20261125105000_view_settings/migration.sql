-- CreateTable
CREATE TABLE "ViewSetting" (
    "projectId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "screen" TEXT NOT NULL,
    "view" JSONB NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ViewSetting_pkey" PRIMARY KEY ("projectId","userId","screen")
);

-- AddForeignKey
ALTER TABLE "ViewSetting" ADD CONSTRAINT "ViewSetting_projectId_userId_fkey" FOREIGN KEY ("projectId", "userId") REFERENCES "Membership"("projectId", "userId") ON DELETE RESTRICT ON UPDATE CASCADE;
