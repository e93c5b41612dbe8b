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

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("run_id","path","epoch")
);

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
    "bytes" BYTEA,

    CONSTRAINT "checkpoint_pkey" PRIMARY KEY ("run_id","path")
);

-- CreateTable
CREATE TABLE "control_request" (
    "request_id" TEXT NOT NULL,
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

    CONSTRAINT "control_request_pkey" PRIMARY KEY ("request_id")
);

-- CreateTable
CREATE TABLE "definition" (
    "hash" TEXT NOT NULL,
    "workflow" TEXT NOT NULL,
    "planned_nodes" INTEGER NOT NULL,
    "created_at" BIGINT NOT NULL,
    "graph" TEXT NOT NULL,

    CONSTRAINT "definition_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "instance" (
    "run_id" TEXT NOT NULL,
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
    "input_bytes" BYTEA NOT NULL,

    CONSTRAINT "instance_pkey" PRIMARY KEY ("run_id")
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

    CONSTRAINT "open_node_pkey" PRIMARY KEY ("run_id","path")
);

-- CreateTable
CREATE TABLE "signal" (
    "signal_id" TEXT NOT NULL,
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
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "signal_pkey" PRIMARY KEY ("signal_id")
);

-- CreateTable
CREATE TABLE "store" (
    "store_id" TEXT NOT NULL,
    "created_at" BIGINT NOT NULL,

    CONSTRAINT "store_pkey" PRIMARY KEY ("store_id")
);

-- CreateTable
CREATE TABLE "worker" (
    "worker_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "slots" INTEGER NOT NULL,
    "started_at" BIGINT NOT NULL,
    "heartbeat_at" BIGINT NOT NULL,
    "expires_at" BIGINT NOT NULL,

    CONSTRAINT "worker_pkey" PRIMARY KEY ("worker_id")
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

-- AddForeignKey
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "instance"("run_id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "checkpoint" ADD CONSTRAINT "checkpoint_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "instance"("run_id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "control_request" ADD CONSTRAINT "control_request_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "instance"("run_id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "instance" ADD CONSTRAINT "instance_definition_hash_fkey" FOREIGN KEY ("definition_hash") REFERENCES "definition"("hash") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "open_node" ADD CONSTRAINT "open_node_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "instance"("run_id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "signal" ADD CONSTRAINT "signal_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "instance"("run_id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- By hand: both tables are updated far more often than they grow, and room on the page spares the indexes a new entry.
ALTER TABLE "instance" SET (fillfactor = 80);
ALTER TABLE "open_node" SET (fillfactor = 70);
