-- By hand: only instances that are being paused or cancelled are looked for by it, and nearly none is. Held for all, it was
-- one more index to write whenever an instance was created or its status changed.
DROP INDEX "instance_control_idx";
CREATE INDEX "instance_controlled" ON "instance"("run_id") WHERE "control" IN ('pausing', 'cancelling');
