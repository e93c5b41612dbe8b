PRAGMA application_id = 1467575659;
CREATE TABLE "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
);
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
CREATE TABLE "definition" (
    "hash" TEXT NOT NULL PRIMARY KEY,
    "workflow" TEXT NOT NULL,
    "planned_nodes" INTEGER NOT NULL,
    "created_at" BIGINT NOT NULL,
    "graph" TEXT NOT NULL
);
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
CREATE TABLE "store" (
    "store_id" TEXT NOT NULL PRIMARY KEY,
    "created_at" BIGINT NOT NULL
);
CREATE TABLE "worker" (
    "worker_id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "slots" INTEGER NOT NULL,
    "started_at" BIGINT NOT NULL,
    "heartbeat_at" BIGINT NOT NULL,
    "expires_at" BIGINT NOT NULL
);
CREATE INDEX "control_request_run_id_version_idx" ON "control_request"("run_id", "version");
CREATE INDEX "definition_workflow_idx" ON "definition"("workflow");
CREATE INDEX "instance_created_at_run_id_idx" ON "instance"("created_at", "run_id");
CREATE INDEX "instance_status_created_at_run_id_idx" ON "instance"("status", "created_at", "run_id");
CREATE INDEX "instance_control_idx" ON "instance"("control");
CREATE UNIQUE INDEX "instance_instance_id_generation_key" ON "instance"("instance_id", "generation");
CREATE INDEX "open_node_state_owner_priority_due_at_idx" ON "open_node"("state", "owner", "priority", "due_at");
CREATE UNIQUE INDEX "signal_run_id_name_ordinal_key" ON "signal"("run_id", "name", "ordinal");
CREATE UNIQUE INDEX "signal_run_id_idempotency_key_key" ON "signal"("run_id", "idempotency_key");
CREATE INDEX "worker_expires_at_idx" ON "worker"("expires_at");
INSERT INTO "_prisma_migrations" ("id", "checksum", "finished_at", "migration_name", "logs", "rolled_back_at", "started_at", "applied_steps_count") VALUES ('ae33db24-2da3-486d-b61d-8d735b894e83', 'f2b26cdcc369b7c5bfcfcf1ef59175f0c41525818e611c338e70f97288dcc718', 1795560084166, '20261123131145_init', NULL, NULL, 1795560084165, 1);
INSERT INTO "attempt" ("run_id", "path", "epoch", "attempt", "outcome", "worker", "started_at", "finished_at", "next_attempt_at", "version", "error") VALUES ('01a20fb8-93ad-7000-91c6-37aa20e6f8f9', 't', 1, 1, 'failed', '01a20fb8-93bf-7000-b177-aa3851ef7134', 1795560084439, 1795560084442, NULL, 3, '{"name":"Error","code":null,"message":"broken for good","stack":"Error: broken for good\n    at Object.run (file:///tmp/disp/rel/released.mjs:24:11)\n    at file:///work/wt/graph/packages/engine/dist/runtime/perform.js:68:63\n    at AsyncLocalStorage.run (node:async_hooks:346:14)\n    at runInTask (file:///work/wt/graph/packages/engine/dist/runtime/task-scope.js:8:18)\n    at file:///work/wt/graph/packages/engine/dist/runtime/perform.js:68:30","cause":null}');
INSERT INTO "checkpoint" ("run_id", "path", "output", "attempt", "epoch", "worker", "started_at", "finished_at", "version", "codec", "bytes") VALUES ('01a20fb8-9352-7000-bdf9-9815a72eb0f4', 'a', 'a', 1, 1, '01a20fb8-93bf-7000-b177-aa3851ef7134', 1795560084438, 1795560084441, 3, 'json', X'32');
INSERT INTO "checkpoint" ("run_id", "path", "output", "attempt", "epoch", "worker", "started_at", "finished_at", "version", "codec", "bytes") VALUES ('01a20fb8-9352-7000-bdf9-9815a72eb0f4', 'b', 'b', 1, 1, '01a20fb8-93bf-7000-b177-aa3851ef7134', 1795560084458, 1795560084458, 4, 'json', X'33');
INSERT INTO "checkpoint" ("run_id", "path", "output", "attempt", "epoch", "worker", "started_at", "finished_at", "version", "codec", "bytes") VALUES ('01a20fb8-93b9-7000-af16-0497a3f69b2a', 'a', 'a', 1, 1, '01a20fb8-93bf-7000-b177-aa3851ef7134', 1795560084439, 1795560084443, 3, 'json', X'31');
INSERT INTO "checkpoint" ("run_id", "path", "output", "attempt", "epoch", "worker", "started_at", "finished_at", "version", "codec", "bytes") VALUES ('01a20fb8-93bb-7000-8b23-2b6fc9dfa2e2', 'a', 'a', 1, 1, '01a20fb8-93bf-7000-b177-aa3851ef7134', 1795560084439, 1795560084443, 3, 'json', X'31');
INSERT INTO "control_request" ("request_id", "run_id", "kind", "requested_by", "reason", "requested_at", "result", "status_before", "status_after", "because", "version") VALUES ('01a20fb8-93f3-7000-abf8-0df5a37c33f7', '01a20fb8-93bb-7000-8b23-2b6fc9dfa2e2', 'pause', 'mira', 'until the upgrade', 1795560084467, 'applied', 'awaiting_signal', 'paused', NULL, 4);
INSERT INTO "definition" ("hash", "workflow", "planned_nodes", "created_at", "graph") VALUES ('d94f03182b46e1ea5942f80c98772fed3d225a92e28085f44d018119be97dc0b', 'sum', 2, 1795560084336, '{"format":1,"workflow":"sum","description":null,"scope":[{"kind":"task","id":"a","policy":{"retry":null,"timeoutMs":null,"heartbeatTimeoutMs":null,"onFailure":"fail","priority":3,"tags":[],"description":null,"version":null}},{"kind":"task","id":"b","policy":{"retry":null,"timeoutMs":null,"heartbeatTimeoutMs":null,"onFailure":"fail","priority":3,"tags":[],"description":null,"version":null}}]}');
INSERT INTO "definition" ("hash", "workflow", "planned_nodes", "created_at", "graph") VALUES ('21c95a417c167234913ba8708fcb934ff7302c7db0e35806cf307a03d7cfd7fb', 'broken', 1, 1795560084406, '{"format":1,"workflow":"broken","description":null,"scope":[{"kind":"task","id":"t","policy":{"retry":null,"timeoutMs":null,"heartbeatTimeoutMs":null,"onFailure":"fail","priority":3,"tags":[],"description":null,"version":null}}]}');
INSERT INTO "definition" ("hash", "workflow", "planned_nodes", "created_at", "graph") VALUES ('314f794a7b587f7eb53f49548443fd1a41d0260375af6e29a2943b524b47e89e', 'ask', 3, 1795560084409, '{"format":1,"workflow":"ask","description":null,"scope":[{"kind":"task","id":"a","policy":{"retry":null,"timeoutMs":null,"heartbeatTimeoutMs":null,"onFailure":"fail","priority":3,"tags":[],"description":null,"version":null}},{"kind":"signal","id":"s","signal":"go","timeoutMs":null},{"kind":"task","id":"b","policy":{"retry":null,"timeoutMs":null,"heartbeatTimeoutMs":null,"onFailure":"fail","priority":3,"tags":[],"description":null,"version":null}}]}');
INSERT INTO "definition" ("hash", "workflow", "planned_nodes", "created_at", "graph") VALUES ('2d3257c53ad13705025bc85a9d20a1c47822ba83b393b46c30cbad3b9c91d7f2', 'nap', 2, 1795560084412, '{"format":1,"workflow":"nap","description":null,"scope":[{"kind":"delay","id":"long","durationMs":3153600000000},{"kind":"task","id":"a","policy":{"retry":null,"timeoutMs":null,"heartbeatTimeoutMs":null,"onFailure":"fail","priority":3,"tags":[],"description":null,"version":null}}]}');
INSERT INTO "definition" ("hash", "workflow", "planned_nodes", "created_at", "graph") VALUES ('08fdaaa4ce4384aa7d4fec2cc4bea484066cd5f4d41aea58d0a06cc05202dcbc', 'held', 1, 1795560084494, '{"format":1,"workflow":"held","description":null,"scope":[{"kind":"task","id":"t","policy":{"retry":null,"timeoutMs":null,"heartbeatTimeoutMs":null,"onFailure":"fail","priority":3,"tags":[],"description":null,"version":null}}]}');
INSERT INTO "instance" ("run_id", "instance_id", "generation", "workflow", "definition_hash", "status", "control", "version", "progress_done", "progress_total", "created_at", "started_at", "updated_at", "ended_at", "output", "failed_path", "error", "labels", "input_codec", "input_bytes") VALUES ('01a20fb8-9352-7000-bdf9-9815a72eb0f4', 'completed', 1, 'sum', 'd94f03182b46e1ea5942f80c98772fed3d225a92e28085f44d018119be97dc0b', 'completed', 'none', 4, 2, 2, 1795560084336, 1795560084423, 1795560084459, 1795560084459, 'b', NULL, NULL, '{}', 'json', X'31');
INSERT INTO "instance" ("run_id", "instance_id", "generation", "workflow", "definition_hash", "status", "control", "version", "progress_done", "progress_total", "created_at", "started_at", "updated_at", "ended_at", "output", "failed_path", "error", "labels", "input_codec", "input_bytes") VALUES ('01a20fb8-93ad-7000-91c6-37aa20e6f8f9', 'failed', 1, 'broken', '21c95a417c167234913ba8708fcb934ff7302c7db0e35806cf307a03d7cfd7fb', 'failed', 'none', 3, 0, 1, 1795560084406, 1795560084423, 1795560084453, 1795560084453, NULL, 't', '{"name":"Error","code":null,"message":"broken for good","stack":"Error: broken for good\n    at Object.run (file:///tmp/disp/rel/released.mjs:24:11)\n    at file:///work/wt/graph/packages/engine/dist/runtime/perform.js:68:63\n    at AsyncLocalStorage.run (node:async_hooks:346:14)\n    at runInTask (file:///work/wt/graph/packages/engine/dist/runtime/task-scope.js:8:18)\n    at file:///work/wt/graph/packages/engine/dist/runtime/perform.js:68:30","cause":null}', '{}', 'json', X'31');
INSERT INTO "instance" ("run_id", "instance_id", "generation", "workflow", "definition_hash", "status", "control", "version", "progress_done", "progress_total", "created_at", "started_at", "updated_at", "ended_at", "output", "failed_path", "error", "labels", "input_codec", "input_bytes") VALUES ('01a20fb8-93b9-7000-af16-0497a3f69b2a', 'awaiting', 1, 'ask', '314f794a7b587f7eb53f49548443fd1a41d0260375af6e29a2943b524b47e89e', 'awaiting_signal', 'none', 3, 1, 3, 1795560084409, 1795560084423, 1795560084453, NULL, NULL, NULL, NULL, '{}', 'json', X'31');
INSERT INTO "instance" ("run_id", "instance_id", "generation", "workflow", "definition_hash", "status", "control", "version", "progress_done", "progress_total", "created_at", "started_at", "updated_at", "ended_at", "output", "failed_path", "error", "labels", "input_codec", "input_bytes") VALUES ('01a20fb8-93bb-7000-8b23-2b6fc9dfa2e2', 'paused', 1, 'ask', '314f794a7b587f7eb53f49548443fd1a41d0260375af6e29a2943b524b47e89e', 'paused', 'none', 5, 1, 3, 1795560084411, 1795560084423, 1795560084478, NULL, NULL, NULL, NULL, '{}', 'json', X'31');
INSERT INTO "instance" ("run_id", "instance_id", "generation", "workflow", "definition_hash", "status", "control", "version", "progress_done", "progress_total", "created_at", "started_at", "updated_at", "ended_at", "output", "failed_path", "error", "labels", "input_codec", "input_bytes") VALUES ('01a20fb8-93bc-7000-9640-cdacc2700f52', 'parked', 1, 'nap', '2d3257c53ad13705025bc85a9d20a1c47822ba83b393b46c30cbad3b9c91d7f2', 'waiting', 'none', 1, 0, 2, 1795560084412, NULL, 1795560084412, NULL, NULL, NULL, NULL, '{}', 'json', X'31');
INSERT INTO "instance" ("run_id", "instance_id", "generation", "workflow", "definition_hash", "status", "control", "version", "progress_done", "progress_total", "created_at", "started_at", "updated_at", "ended_at", "output", "failed_path", "error", "labels", "input_codec", "input_bytes") VALUES ('01a20fb8-940e-7000-917a-4f5ea70ecc5c', 'running', 1, 'held', '08fdaaa4ce4384aa7d4fec2cc4bea484066cd5f4d41aea58d0a06cc05202dcbc', 'in_progress', 'none', 2, 0, 1, 1795560084494, 1795560084529, 1795560084529, NULL, NULL, NULL, NULL, '{}', 'json', X'31');
INSERT INTO "instance" ("run_id", "instance_id", "generation", "workflow", "definition_hash", "status", "control", "version", "progress_done", "progress_total", "created_at", "started_at", "updated_at", "ended_at", "output", "failed_path", "error", "labels", "input_codec", "input_bytes") VALUES ('01a20fb8-9411-7000-8bf5-7e5c9f54b8ab', 'ready', 1, 'sum', 'd94f03182b46e1ea5942f80c98772fed3d225a92e28085f44d018119be97dc0b', 'pending', 'none', 1, 0, 2, 1795560084497, NULL, 1795560084497, NULL, NULL, NULL, NULL, '{}', 'json', X'31');
INSERT INTO "open_node" ("run_id", "path", "state", "opened_as", "opened_version", "opened_ordinal", "attempt", "crashes", "epoch", "due_at", "signal_name", "signal_id", "remaining", "input", "priority", "tags", "owner", "granted_at", "version") VALUES ('01a20fb8-93ad-7000-91c6-37aa20e6f8f9', 't', 'failed', 'ready', 1, 0, 1, 0, 2, 1795560084406, NULL, NULL, 0, '~input', 3, '[]', NULL, NULL, 3);
INSERT INTO "open_node" ("run_id", "path", "state", "opened_as", "opened_version", "opened_ordinal", "attempt", "crashes", "epoch", "due_at", "signal_name", "signal_id", "remaining", "input", "priority", "tags", "owner", "granted_at", "version") VALUES ('01a20fb8-93b9-7000-af16-0497a3f69b2a', 's', 'awaiting_signal', 'awaiting_signal', 3, 0, 1, 0, 0, NULL, 'go', NULL, 0, 'a', 3, '[]', NULL, NULL, 3);
INSERT INTO "open_node" ("run_id", "path", "state", "opened_as", "opened_version", "opened_ordinal", "attempt", "crashes", "epoch", "due_at", "signal_name", "signal_id", "remaining", "input", "priority", "tags", "owner", "granted_at", "version") VALUES ('01a20fb8-93bb-7000-8b23-2b6fc9dfa2e2', 's', 'ready', 'awaiting_signal', 3, 0, 1, 0, 0, 1795560084478, 'go', '01a20fb8-93fe-7000-aaf8-5ae244764cad', 0, 'a', 3, '[]', NULL, NULL, 5);
INSERT INTO "open_node" ("run_id", "path", "state", "opened_as", "opened_version", "opened_ordinal", "attempt", "crashes", "epoch", "due_at", "signal_name", "signal_id", "remaining", "input", "priority", "tags", "owner", "granted_at", "version") VALUES ('01a20fb8-93bc-7000-9640-cdacc2700f52', 'long', 'waiting', 'waiting', 1, 0, 1, 0, 0, 4949160084412, NULL, NULL, 0, '~input', 3, '[]', NULL, NULL, 1);
INSERT INTO "open_node" ("run_id", "path", "state", "opened_as", "opened_version", "opened_ordinal", "attempt", "crashes", "epoch", "due_at", "signal_name", "signal_id", "remaining", "input", "priority", "tags", "owner", "granted_at", "version") VALUES ('01a20fb8-940e-7000-917a-4f5ea70ecc5c', 't', 'running', 'ready', 1, 0, 1, 0, 1, 1795560084494, NULL, NULL, 0, '~input', 3, '[]', '01a20fb8-941a-7000-aaa4-3a8f19f022e6', 1795560084529, 2);
INSERT INTO "open_node" ("run_id", "path", "state", "opened_as", "opened_version", "opened_ordinal", "attempt", "crashes", "epoch", "due_at", "signal_name", "signal_id", "remaining", "input", "priority", "tags", "owner", "granted_at", "version") VALUES ('01a20fb8-9411-7000-8bf5-7e5c9f54b8ab', 'a', 'ready', 'ready', 1, 0, 1, 0, 0, 1795560084497, NULL, NULL, 0, '~input', 3, '[]', NULL, NULL, 1);
INSERT INTO "signal" ("signal_id", "run_id", "name", "ordinal", "sent_by", "received_at", "reserved_for", "consumed_by", "idempotency_key", "version", "codec", "bytes") VALUES ('01a20fb8-93fe-7000-aaf8-5ae244764cad', '01a20fb8-93bb-7000-8b23-2b6fc9dfa2e2', 'go', 1, 'client', 1795560084478, 's', NULL, NULL, 5, 'json', X'31');
INSERT INTO "store" ("store_id", "created_at") VALUES ('9e7ebf2c-8b5e-4c15-a8a3-5af457b83e2f', 1795560084208);
INSERT INTO "worker" ("worker_id", "name", "slots", "started_at", "heartbeat_at", "expires_at") VALUES ('01a20fb8-93bf-7000-b177-aa3851ef7134', 'vm-24839', 10, 1795560084415, 1795560084415, 1795560099415);
INSERT INTO "worker" ("worker_id", "name", "slots", "started_at", "heartbeat_at", "expires_at") VALUES ('01a20fb8-941a-7000-aaa4-3a8f19f022e6', 'vm-24839', 1, 1795560084506, 1795560084506, 1795560085506);
