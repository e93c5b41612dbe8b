-- AlterTable
ALTER TABLE "worker" ADD COLUMN "guard" TEXT;
