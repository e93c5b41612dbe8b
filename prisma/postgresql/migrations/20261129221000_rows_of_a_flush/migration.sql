-- By hand: the rows that a flush hands over, one type for each part of its statement (flush-parts.ts).
CREATE TYPE "waymark_flush_definition" AS (
    "hash" TEXT,
    "workflow" TEXT,
    "planned_nodes" INTEGER,
    "graph" TEXT
);
CREATE TYPE "waymark_flush_head" AS (
    "run_id" TEXT,
    "expected" INTEGER,
    "version" INTEGER,
    "progress_done" INTEGER,
    "starts" INTEGER,
    "status" TEXT,
    "ends" INTEGER,
    "holds" INTEGER,
    "output" TEXT
);
CREATE TYPE "waymark_flush_fresh" AS (
    "run_id" TEXT,
    "instance_id" TEXT,
    "workflow" TEXT,
    "definition_hash" TEXT,
    "status" TEXT,
    "progress_total" INTEGER,
    "starts" INTEGER,
    "labels" TEXT,
    "input_codec" TEXT,
    "input_bytes" BYTEA
);
CREATE TYPE "waymark_flush_label" AS (
    "run_id" TEXT,
    "key" TEXT,
    "value" TEXT
);
CREATE TYPE "waymark_flush_close" AS (
    "run_id" TEXT,
    "place" INTEGER,
    "epoch" INTEGER,
    "owner" TEXT
);
CREATE TYPE "waymark_flush_move" AS (
    "run_id" TEXT,
    "place" INTEGER,
    "from_epoch" INTEGER,
    "from_owner" TEXT,
    "path" TEXT,
    "state" TEXT,
    "opened_as" TEXT,
    "opened_version" INTEGER,
    "opened_ordinal" INTEGER,
    "attempt" INTEGER,
    "crashes" INTEGER,
    "epoch" INTEGER,
    "due_in" BIGINT,
    "signal_name" TEXT,
    "remaining" INTEGER,
    "input" TEXT,
    "priority" INTEGER,
    "tags" TEXT,
    "lane" BIGINT,
    "owner" TEXT,
    "version" INTEGER
);
CREATE TYPE "waymark_flush_open" AS (
    "run_id" TEXT,
    "place" INTEGER,
    "path" TEXT,
    "state" TEXT,
    "opened_as" TEXT,
    "opened_version" INTEGER,
    "opened_ordinal" INTEGER,
    "attempt" INTEGER,
    "crashes" INTEGER,
    "epoch" INTEGER,
    "due_in" BIGINT,
    "signal_name" TEXT,
    "remaining" INTEGER,
    "input" TEXT,
    "priority" INTEGER,
    "tags" TEXT,
    "lane" BIGINT,
    "owner" TEXT,
    "version" INTEGER
);
CREATE TYPE "waymark_flush_record" AS (
    "run_id" TEXT,
    "path" TEXT,
    "output" TEXT,
    "attempt" INTEGER,
    "epoch" INTEGER,
    "worker" TEXT,
    "started_at" BIGINT,
    "finished_at" BIGINT,
    "version" INTEGER,
    "codec" TEXT,
    "bytes" BYTEA
);
CREATE TYPE "waymark_flush_fail" AS (
    "run_id" TEXT,
    "path" TEXT,
    "epoch" INTEGER,
    "attempt" INTEGER,
    "outcome" TEXT,
    "worker" TEXT,
    "started_at" BIGINT,
    "finished_at" BIGINT,
    "next_in" BIGINT,
    "version" INTEGER,
    "error" TEXT
);
CREATE TYPE "waymark_flush_consume" AS (
    "run_id" TEXT,
    "signal_id" TEXT,
    "path" TEXT,
    "version" INTEGER
);
