-- By hand: every row that is open gets its place, so that a row which moves on to the next node changes no index.
ALTER TABLE "open_node" ADD COLUMN "place" INTEGER;

UPDATE "open_node" SET "place" = p."place" FROM (
    SELECT "run_id", "path",
        row_number() OVER (PARTITION BY "run_id" ORDER BY "opened_version", "opened_ordinal", "path") - 1 AS "place"
    FROM "open_node") p
WHERE "open_node"."run_id" = p."run_id" AND "open_node"."path" = p."path";

-- DropForeignKey
ALTER TABLE "open_node" DROP CONSTRAINT "open_node_run_id_fkey";
ALTER TABLE "checkpoint" DROP CONSTRAINT "checkpoint_run_id_fkey";

-- AlterTable
ALTER TABLE "open_node" ALTER COLUMN "place" SET NOT NULL,
    DROP CONSTRAINT "open_node_pkey",
    ADD CONSTRAINT "open_node_pkey" PRIMARY KEY ("run_id", "place");

DROP INDEX "open_node_awaiting";
DROP INDEX "open_node_retrying";
CREATE INDEX "open_node_awaiting" ON "open_node"("signal_name", "run_id", "place") WHERE "state" = 'awaiting_signal';
CREATE INDEX "open_node_retrying" ON "open_node"("run_id", "place") WHERE "state" = 'retrying';
