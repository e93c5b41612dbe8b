-- AlterTable
ALTER TABLE "worker" ADD COLUMN "profile" TEXT;
