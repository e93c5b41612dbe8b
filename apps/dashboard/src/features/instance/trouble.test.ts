import type { AttemptRecord, ControlRequestRecord } from "@waymark/engine/backend";
import { expect, it } from "vitest";
import { sampleView, viewsOf } from "../../graph/testing/sample-view.ts";
import { instanceAt, openNode, retryNowRequest, snapshotAt } from "../live/testing/snapshots.ts";
import { attemptCount, attemptsWords, retriedOf, troubleOf } from "./trouble.ts";

const attempt = (path: string, version: number, changes: Partial<AttemptRecord> = {}): AttemptRecord => ({
	...{ path, epoch: version, attempt: 1, outcome: "failed", startedAt: 0, finishedAt: 1_000, worker: "w" },
	error: { name: "RangeError", message: "503", code: null, stack: null, cause: null },
	nextAttemptAt: null,
	version,
	...changes,
});
const retry = (version: number, changes: Partial<ControlRequestRecord> = {}) =>
	retryNowRequest(`r-${version}`, { kind: "retry", path: null, version, ...changes });

it("tells of the next attempt that comes first, and of what failed for good while the instance goes on", () => {
	const views = viewsOf(
		sampleView({ key: "box", kind: "fork", state: "failed" }),
		sampleView({ key: "late", state: "retrying", attempt: 4, dueAt: 90_000 }),
		sampleView({ key: "soon", state: "retrying", attempt: 2, dueAt: 80_000 }),
		sampleView({ key: "quick", state: "retrying", attempt: 2, dueAt: 2_000 }),
		sampleView({ key: "over", state: "failed" }),
	);
	const attempts = [
		attempt("late", 1, { nextAttemptAt: 90_000 }),
		attempt("soon", 2, { nextAttemptAt: 80_000 }),
		attempt("quick", 3, { nextAttemptAt: 2_000 }),
		attempt("over", 4),
	];
	expect(troubleOf(snapshotAt(4, { attempts }), views)).toMatchObject({
		retrying: { key: "soon" },
		retryingCount: 2,
		failed: { key: "over" },
		failedCount: 1,
	});
	const ended = snapshotAt(4, { instance: instanceAt(4, { status: "failed" }), attempts });
	expect(troubleOf(ended, views)).toMatchObject({ retrying: null, failed: null });
});

it("says that an instance was retried for as long as what had failed is open", () => {
	const attempts = [attempt("pay", 3)];
	const given = { attempts, controlRequests: [retry(4)] };
	const open = snapshotAt(5, { ...given, openNodes: [openNode("pay", 5)] });
	expect(retriedOf(open)).toMatchObject({ request: { kind: "retry" }, failure: { path: "pay" } });
	expect(retriedOf(snapshotAt(6, { ...given, openNodes: [openNode("next", 6)] }))).toBeNull();
	const refused = [retry(4, { result: "refused" })];
	expect(retriedOf(snapshotAt(5, { attempts, controlRequests: refused, openNodes: open.openNodes }))).toBeNull();
	const failed = instanceAt(7, { status: "failed" });
	expect(retriedOf(snapshotAt(7, { ...given, instance: failed, openNodes: open.openNodes }))).toBeNull();
});

it("counts the attempts since the last retry, and says how many there were in all", () => {
	const attempts = [1, 2, 5, 6, 7].map((version) => attempt("pay", version));
	const words = (controlRequests: readonly ControlRequestRecord[], path = "pay") =>
		attemptsWords(attemptCount(snapshotAt(9, { attempts, controlRequests }), path));
	expect(words([])).toBe("after 5 attempts");
	expect(words([retry(3)])).toBe("after 3 attempts (5 with 1 retry)");
	expect(words([retry(3), retry(6)])).toBe("after 1 attempt (5 with 2 retries)");
	expect(words([retry(3)], "other")).toBeNull();
});
