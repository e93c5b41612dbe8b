-- AlterTable
ALTER TABLE "control_request" ADD COLUMN "path" TEXT;
