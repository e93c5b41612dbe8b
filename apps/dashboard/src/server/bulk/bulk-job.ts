import { randomBytes } from "node:crypto";
import type { ControlResult, PersistentBackend } from "@waymark/engine/backend";
import { ApiError } from "../api-error.ts";
import { authorise } from "../authorise.ts";
import { getBackend } from "../backend.ts";
import { MAX_REASON, sendControl } from "../control-command.ts";
import { readBody } from "../read-body.ts";
import type { BulkItem, BulkJob, BulkStarted } from "../wire.ts";
import { jobFromAudit } from "./bulk-audit.ts";
import { type Job, keep, kept, requestIdOf, type Target } from "./bulk-state.ts";

/** A job about more than this must be confirmed by its count. */
const UNCONFIRMED = 20;

/** Commands on their way at once: they share group commits, and leave room for everybody else's. */
const AT_ONCE = 8;

/** `POST /api/bulk`. The job goes on in this process, whatever becomes of the page. */
export async function startBulk(request: Request): Promise<BulkStarted> {
	authorise(request, "bulk");
	const fields = await readBody(request);
	const plan = kept().plans.get(fields.requiredText("planId", { max: 64 }));
	if (plan === undefined) throw new ApiError("JobNotFound", "That plan is not known any more. Look at it again.");
	const { by } = authorise(request, plan.kind);
	const count = plan.targets.length;
	if (count > UNCONFIRMED && fields.whole("confirm") !== count) {
		throw new ApiError("ConfirmationNeeded", `More than ${UNCONFIRMED} instances: type their number, ${count}.`);
	}
	const reason = fields.text("reason", { max: MAX_REASON })?.trim() ?? "";
	kept().plans.delete(plan.planId);
	const job: Job = {
		// The number makes the job readable from the audit alone (see bulk-audit.ts).
		jobId: `${count}-${randomBytes(8).toString("hex")}`,
		kind: plan.kind,
		by,
		reason: reason === "" ? null : reason,
		startedAt: Date.now(),
		targets: plan.targets,
		items: plan.targets.map(
			({ instanceId, runId }): BulkItem => ({ instanceId, runId, outcome: "waiting", note: null }),
		),
		over: count === 0,
	};
	keep(kept().jobs, job.jobId, job);
	void perform(await getBackend(), job);
	return { jobId: job.jobId };
}

/** `GET /api/bulk/{jobId}`. */
export async function loadBulk(jobId: string): Promise<BulkJob> {
	const job = kept().jobs.get(jobId);
	if (job === undefined) return jobFromAudit(await getBackend(), jobId);
	const { kind, reason, by, startedAt, over, items } = job;
	return { jobId, kind, reason, by, startedAt, total: items.length, over, fromAudit: false, items };
}

async function perform(backend: PersistentBackend, job: Job): Promise<void> {
	let next = 0;
	const work = async () => {
		for (let at = next; at < job.targets.length; at = next) {
			next = at + 1;
			const target = job.targets[at];
			if (target !== undefined) job.items[at] = await one(backend, job, target, at);
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, work));
	job.over = true;
}

async function one(backend: PersistentBackend, job: Job, target: Target, at: number): Promise<BulkItem> {
	const { instanceId, runId } = target;
	try {
		const result = await sendControl(backend, job.kind, {
			requestId: requestIdOf(job.jobId, at),
			instanceId,
			by: job.by,
			reason: job.reason,
			expectedRunId: runId,
		});
		return { instanceId, runId, ...outcomeOf(result) };
	} catch (error) {
		process.stderr.write(`dashboard: bulk ${job.jobId}: ${error instanceof Error ? error.message : "failed"}\n`);
		return { instanceId, runId, outcome: "failed", note: "The database did not take it. Try it again." };
	}
}

function outcomeOf(result: ControlResult): Pick<BulkItem, "outcome" | "note"> {
	switch (result.kind) {
		case "accepted":
			return { outcome: result.changed ? "done" : "unchanged", note: result.changed ? null : "It was so already" };
		case "not_found":
			return { outcome: "failed", note: "It is gone" };
		case "finished":
			return { outcome: "refused", note: `Already ${result.instance.status}` };
		case "conflict":
			return { outcome: "refused", note: result.because };
	}
}
