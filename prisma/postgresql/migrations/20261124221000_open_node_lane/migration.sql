-- AlterTable
ALTER TABLE "open_node" ADD COLUMN "lane" BIGINT NOT NULL DEFAULT 0;

-- DropIndex
DROP INDEX "open_node_state_owner_priority_due_at_idx";

-- CreateIndex
CREATE INDEX "open_node_state_owner_lane_priority_due_at_idx" ON "open_node"("state", "owner", "lane", "priority", "due_at");
