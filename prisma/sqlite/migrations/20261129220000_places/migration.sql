-- RedefineTables, by hand: Prisma cannot say WITHOUT ROWID, nor which place a row that is open gets.
CREATE TABLE "new_open_node" (
    "run_id" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "opened_as" TEXT NOT NULL,
    "opened_version" INTEGER NOT NULL,
    "opened_ordinal" INTEGER NOT NULL,
    "attempt" INTEGER NOT NULL,
    "crashes" INTEGER NOT NULL,
    "epoch" INTEGER NOT NULL,
    "due_at" BIGINT,
    "signal_name" TEXT,
    "signal_id" TEXT,
    "remaining" INTEGER NOT NULL,
    "input" TEXT NOT NULL,
    "priority" INTEGER NOT NULL,
    "tags" TEXT NOT NULL,
    "lane" BIGINT NOT NULL DEFAULT 0,
    "owner" TEXT,
    "granted_at" BIGINT,
    "version" INTEGER NOT NULL,

    PRIMARY KEY ("run_id", "place")
) WITHOUT ROWID;
INSERT INTO "new_open_node" ("run_id", "place", "path", "state", "opened_as", "opened_version", "opened_ordinal", "attempt",
    "crashes", "epoch", "due_at", "signal_name", "signal_id", "remaining", "input", "priority", "tags", "lane", "owner",
    "granted_at", "version")
SELECT "run_id", row_number() OVER (PARTITION BY "run_id" ORDER BY "opened_version", "opened_ordinal", "path") - 1, "path",
    "state", "opened_as", "opened_version", "opened_ordinal", "attempt", "crashes", "epoch", "due_at", "signal_name",
    "signal_id", "remaining", "input", "priority", "tags", "lane", "owner", "granted_at", "version"
FROM "open_node";
DROP TABLE "open_node";
ALTER TABLE "new_open_node" RENAME TO "open_node";
CREATE INDEX "open_node_state_owner_lane_priority_due_at_idx" ON "open_node"("state", "owner", "lane", "priority", "due_at");
CREATE INDEX "open_node_awaiting" ON "open_node"("signal_name", "run_id", "place") WHERE "state" = 'awaiting_signal';
CREATE INDEX "open_node_retrying" ON "open_node"("run_id", "place") WHERE "state" = 'retrying';

CREATE TABLE "new_checkpoint" (
    "run_id" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "output" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "epoch" INTEGER NOT NULL,
    "worker" TEXT NOT NULL,
    "started_at" BIGINT NOT NULL,
    "finished_at" BIGINT NOT NULL,
    "version" INTEGER NOT NULL,
    "codec" TEXT,
    "bytes" BLOB,

    PRIMARY KEY ("run_id", "path")
) WITHOUT ROWID;
INSERT INTO "new_checkpoint" SELECT * FROM "checkpoint";
DROP TABLE "checkpoint";
ALTER TABLE "new_checkpoint" RENAME TO "checkpoint";
