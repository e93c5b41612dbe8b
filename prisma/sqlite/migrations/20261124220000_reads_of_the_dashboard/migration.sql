-- CreateTable
CREATE TABLE "label" (
    "run_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    PRIMARY KEY ("run_id", "key"),
    CONSTRAINT "label_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "instance" ("run_id") ON DELETE CASCADE ON UPDATE RESTRICT
) WITHOUT ROWID;

-- CreateIndex
CREATE INDEX "label_key_value_run_id_idx" ON "label"("key", "value", "run_id");

-- CreateIndex
CREATE INDEX "instance_workflow_created_at_run_id_idx" ON "instance"("workflow", "created_at", "run_id");

-- CreateIndex
CREATE INDEX "control_request_requested_at_request_id_idx" ON "control_request"("requested_at", "request_id");

-- Partial indexes: only rows that wait for a signal, are in backoff, or have ended touch them, never a step.
CREATE INDEX "open_node_awaiting" ON "open_node"("signal_name", "run_id", "path") WHERE "state" = 'awaiting_signal';
CREATE INDEX "open_node_retrying" ON "open_node"("run_id", "path") WHERE "state" = 'retrying';
CREATE INDEX "instance_ended" ON "instance"("status", "ended_at") WHERE "ended_at" IS NOT NULL;

INSERT INTO "label" ("run_id", "key", "value")
SELECT "instance"."run_id", l."key", l."value" FROM "instance", json_each("instance"."labels") l
WHERE length(l."key") <= 200 AND length(l."value") <= 200;
