-- CreateTable
CREATE TABLE "attempt" (
    "run_id" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "attempt" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "worker" TEXT NOT NULL,
    "started_at" BIGINT NOT NULL,
    "finished_at" BIGINT NOT NULL,
    "next_attempt_at" BIGINT,
    "version" INTEGER NOT NULL,
    "error" TEXT,

    PRIMARY KEY ("run_id", "path", "epoch"),
    CONSTRAINT "attempt_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "instance" ("run_id") ON DELETE CASCADE ON UPDATE RESTRICT
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "checkpoint" (
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

    PRIMARY KEY ("run_id", "path"),
    CONSTRAINT "checkpoint_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "instance" ("run_id") ON DELETE CASCADE ON UPDATE RESTRICT
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "control_request" (
    "request_id" TEXT NOT NULL PRIMARY KEY,
    "run_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "requested_by" TEXT NOT NULL,
    "reason" TEXT,
    "requested_at" BIGINT NOT NULL,
    "result" TEXT NOT NULL,
    "status_before" TEXT NOT NULL,
    "status_after" TEXT NOT NULL,
    "because" TEXT,
    "version" INTEGER NOT NULL,
    CONSTRAINT "control_request_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "instance" ("run_id") ON DELETE CASCADE ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "definition" (
    "hash" TEXT NOT NULL PRIMARY KEY,
    "workflow" TEXT NOT NULL,
    "planned_nodes" INTEGER NOT NULL,
    "created_at" BIGINT NOT NULL,
    "graph" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "instance" (
    "run_id" TEXT NOT NULL PRIMARY KEY,
    "instance_id" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "workflow" TEXT NOT NULL,
    "definition_hash" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "control" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "progress_done" INTEGER NOT NULL,
    "progress_total" INTEGER NOT NULL,
    "created_at" BIGINT NOT NULL,
    "started_at" BIGINT,
    "updated_at" BIGINT NOT NULL,
    "ended_at" BIGINT,
    "output" TEXT,
    "failed_path" TEXT,
    "error" TEXT,
    "labels" TEXT NOT NULL,
    "input_codec" TEXT NOT NULL,
    "input_bytes" BLOB NOT NULL,
    CONSTRAINT "instance_definition_hash_fkey" FOREIGN KEY ("definition_hash") REFERENCES "definition" ("hash") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "open_node" (
    "run_id" TEXT NOT NULL,
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
    "owner" TEXT,
    "granted_at" BIGINT,
    "version" INTEGER NOT NULL,

    PRIMARY KEY ("run_id", "path"),
    CONSTRAINT "open_node_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "instance" ("run_id") ON DELETE CASCADE ON UPDATE RESTRICT
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "signal" (
    "signal_id" TEXT NOT NULL PRIMARY KEY,
    "run_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "sent_by" TEXT NOT NULL,
    "received_at" BIGINT NOT NULL,
    "reserved_for" TEXT,
    "consumed_by" TEXT,
    "idempotency_key" TEXT,
    "version" INTEGER NOT NULL,
    "codec" TEXT NOT NULL,
    "bytes" BLOB NOT NULL,
    CONSTRAINT "signal_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "instance" ("run_id") ON DELETE CASCADE ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "store" (
    "store_id" TEXT NOT NULL PRIMARY KEY,
    "created_at" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "worker" (
    "worker_id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "slots" INTEGER NOT NULL,
    "started_at" BIGINT NOT NULL,
    "heartbeat_at" BIGINT NOT NULL,
    "expires_at" BIGINT NOT NULL
);

-- CreateIndex
CREATE INDEX "control_request_run_id_version_idx" ON "control_request"("run_id", "version");

-- CreateIndex
CREATE INDEX "definition_workflow_idx" ON "definition"("workflow");

-- CreateIndex
CREATE INDEX "instance_created_at_run_id_idx" ON "instance"("created_at", "run_id");

-- CreateIndex
CREATE INDEX "instance_status_created_at_run_id_idx" ON "instance"("status", "created_at", "run_id");

-- CreateIndex
CREATE INDEX "instance_control_idx" ON "instance"("control");

-- CreateIndex
CREATE UNIQUE INDEX "instance_instance_id_generation_key" ON "instance"("instance_id", "generation");

-- CreateIndex
CREATE INDEX "open_node_state_owner_priority_due_at_idx" ON "open_node"("state", "owner", "priority", "due_at");

-- CreateIndex
CREATE UNIQUE INDEX "signal_run_id_name_ordinal_key" ON "signal"("run_id", "name", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "signal_run_id_idempotency_key_key" ON "signal"("run_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "worker_expires_at_idx" ON "worker"("expires_at");
