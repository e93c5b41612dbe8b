import type { AttemptRecord, ControlRequestRecord } from "@waymark/engine/backend";
import { describe, expect, it } from "vitest";
import { retryNowRequest } from "../features/live/testing/snapshots.ts";
import { backoffEnd } from "./backoff-end.ts";

function attempt(number: number, version: number, finishedAt: number, nextAttemptAt: number | null): AttemptRecord {
	const said = { outcome: "failed", error: null, startedAt: finishedAt - 1, worker: "w" } as const;
	return { path: "call", epoch: number, attempt: number, finishedAt, nextAttemptAt, version, ...said };
}

const request = (version: number, requestedAt: number, changes: Partial<ControlRequestRecord> = {}) =>
	retryNowRequest(`r${version}`, { version, requestedAt, ...changes });

describe("the end of a backoff", () => {
	const first = attempt(1, 2, 100, 9_000);

	it("is the time that was set when nobody asked, and none when nothing was to come", () => {
		expect(backoffEnd(first, [])).toBe(9_000);
		expect(backoffEnd(attempt(1, 2, 100, null), [request(3, 400)])).toBeNull();
	});

	it("is when somebody wanted the next attempt at once, each time anew", () => {
		const second = attempt(2, 4, 500, 9_500);
		const requests = [request(3, 400), request(5, 700)];
		expect([backoffEnd(first, requests), backoffEnd(second, requests)]).toEqual([400, 700]);
	});

	it("is not moved by what was refused, was about another node, or came before it", () => {
		for (const other of [
			request(3, 400, { result: "refused" }),
			request(3, 400, { result: "unchanged" }),
			request(3, 400, { path: "other" }),
			request(3, 400, { kind: "retry", path: null }),
			request(1, 50),
		]) {
			expect(backoffEnd(first, [other])).toBe(9_000);
		}
	});
});
