-- By hand: one more row that a flush hands over (flush-parts.ts), for what most of them do.
CREATE TYPE "waymark_flush_advance" AS (
    "run_id" TEXT,
    "version" INTEGER,
    "progress_done" INTEGER,
    "place" INTEGER,
    "from_epoch" INTEGER,
    "owner" TEXT,
    "from_path" TEXT,
    "path" TEXT,
    "output" TEXT,
    "attempt" INTEGER,
    "started_at" BIGINT,
    "finished_at" BIGINT,
    "codec" TEXT,
    "bytes" BYTEA
);
