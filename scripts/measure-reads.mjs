// Times the reads of the dashboard's pages on a seeded database, at the backend: node scripts/measure-reads.mjs <database>
import { openBackend } from "@waymark/persistence";

const [, , url = "file:.waymark/seeded.db", rounds = "40"] = process.argv;
const backend = await openBackend(url);
const all = { statuses: [], workflows: [], limit: 50, cursor: null };
const now = Date.now();
const HOUR = 3_600_000;
const [sample] = (await backend.listInstances(all)).instances;
const prefix = sample?.instanceId.slice(0, -2) ?? "x";

/** A page far back: as deep paging reaches it. */
const deep = `${now - 8 * 24 * HOUR}~zzz`;
const live = /** @type {const} */ (["pending", "in_progress", "waiting", "awaiting_signal"]);
/** @type {Record<string, () => Promise<unknown>>} */
const reads = {
	"list, first page": () => backend.listInstances(all),
	"list, eight days back": () => backend.listInstances({ ...all, cursor: deep }),
	"status failed": () => backend.listInstances({ ...all, statuses: ["failed"] }),
	"statuses, four": () => backend.listInstances({ ...all, statuses: live }),
	workflow: () => backend.listInstances({ ...all, workflows: ["refund"] }),
	"workflow, eight days back": () => backend.listInstances({ ...all, workflows: ["refund"], cursor: deep }),
	"workflow and status": () => backend.listInstances({ ...all, workflows: ["refund"], statuses: ["failed"] }),
	"started within an hour, a week ago": () =>
		backend.listInstances({ ...all, startedFrom: now - 168 * HOUR, startedTo: now - 167 * HOUR }),
	"took 4 min or more": () => backend.listInstances({ ...all, minDurationMs: 240_000 }),
	"stuck for an hour": () => backend.listInstances({ ...all, statuses: live, minDurationMs: HOUR }),
	"nothing took that long": () => backend.listInstances({ ...all, statuses: ["completed"], minDurationMs: 3 * HOUR }),
	"retrying now": () => backend.listInstances({ ...all, retries: "now" }),
	"any attempt failed": () => backend.listInstances({ ...all, retries: "ever" }),
	"waits for a signal": () => backend.listInstances({ ...all, signal: "approval" }),
	"label, rare": () => backend.listInstances({ ...all, labels: { tenant: "tenant-7" } }),
	"label, common": () => backend.listInstances({ ...all, labels: { region: "eu" } }),
	"two labels and a status": () =>
		backend.listInstances({ ...all, labels: { region: "eu", tenant: "tenant-7" }, statuses: ["failed"] }),
	"id prefix, one of many": () => backend.listInstances({ ...all, idPrefix: prefix }),
	"id prefix, a tenth of all": () => backend.listInstances({ ...all, idPrefix: "order-" }),
	"id prefix, none": () => backend.listInstances({ ...all, idPrefix: "nothing" }),
	"error text": () => backend.listInstances({ ...all, error: "over the limit" }),
	"error text, none": () => backend.listInstances({ ...all, error: "no such text" }),
	"count of a workflow": () => backend.countMatching({ ...all, workflows: ["refund"] }),
	"count of two labels and a status": () =>
		backend.countMatching({ ...all, labels: { region: "eu", tenant: "tenant-7" }, statuses: ["failed"] }),
	"count of a common label": () => backend.countMatching({ ...all, labels: { region: "eu" } }),
	"count of an error text, none": () => backend.countMatching({ ...all, error: "no such text" }),
	"counts by status": () => backend.countInstances(),
	waits: () => backend.listWaits({ signal: null, limit: 50, cursor: null }),
	"waits by name": () => backend.countWaits(),
	audit: () => backend.listRequests({ kinds: [], results: [], by: null, instanceId: null, limit: 50, cursor: null }),
	"audit of nobody": () =>
		backend.listRequests({ kinds: [], results: [], by: "nobody", instanceId: null, limit: 50, cursor: null }),
	attention: () => backend.listAttention(6),
	"ended, 1 h": () => backend.readEnded({ from: now - HOUR, bucketMs: 60_000, buckets: 60 }),
	"ended, 24 h": () => backend.readEnded({ from: now - 24 * HOUR, bucketMs: HOUR / 2, buckets: 48 }),
	"ended, 7 d": () => backend.readEnded({ from: now - 168 * HOUR, bucketMs: 2 * HOUR, buckets: 84 }),
	"all workflows": () => backend.listWorkflows(),
	"one workflow": () => backend.readWorkflow("refund"),
};

console.log(`${backend.name}: ms, p50 and p95 of ${rounds} calls`);
for (const [name, read] of Object.entries(reads)) {
	/** @type {number[]} */
	const times = [];
	for (let round = 0; round < Number(rounds); round += 1) {
		const begun = performance.now();
		await read();
		times.push(performance.now() - begun);
	}
	times.sort((a, b) => a - b);
	const at = (/** @type {number} */ share) => (times[Math.ceil(share * times.length) - 1] ?? 0).toFixed(1).padStart(7);
	console.log(`${at(0.5)} ${at(0.95)}  ${name}`);
}
await backend.close();
