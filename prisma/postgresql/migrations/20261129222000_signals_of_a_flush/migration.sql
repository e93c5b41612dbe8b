-- By hand: two more rows that a flush hands over (flush-parts.ts), for signals.
CREATE TYPE "waymark_flush_receive" AS (
    "run_id" TEXT,
    "signal_id" TEXT,
    "name" TEXT,
    "nth" INTEGER,
    "sent_by" TEXT,
    "reserved_for" TEXT,
    "version" INTEGER,
    "codec" TEXT,
    "bytes" BYTEA
);
CREATE TYPE "waymark_flush_answer" AS (
    "run_id" TEXT,
    "place" INTEGER,
    "from_epoch" INTEGER,
    "signal_id" TEXT,
    "epoch" INTEGER,
    "owner" TEXT,
    "version" INTEGER
);
