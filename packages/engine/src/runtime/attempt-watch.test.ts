import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { TaskCancelledError } from "../core/errors.ts";
import { AttemptAbort } from "./attempt-abort.ts";
import { AttemptWatch } from "./attempt-watch.ts";
import { systemTimers } from "./system.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched(limits: { timeoutMs?: number; heartbeatTimeoutMs?: number }) {
	const abort = new AttemptAbort();
	const policy = { timeoutMs: null, heartbeatTimeoutMs: null, ...limits };
	const watch = new AttemptWatch(policy, "t", abort, { timers: systemTimers, cancelGraceMs: 1_000 });
	return { abort, watch };
}

describe("AttemptWatch", () => {
	it("keeps a task alive for as long as it sends heartbeats, and no longer", () => {
		const { abort, watch } = watched({ heartbeatTimeoutMs: 100 });
		watch.begin();
		for (let beat = 0; beat < 5; beat += 1) {
			vi.advanceTimersByTime(99);
			watch.beat();
		}
		expect(abort.signal.aborted).toBe(false);
		vi.advanceTimersByTime(100);
		expect(abort.signal.reason).toMatchObject({ code: "TaskTimedOut", limit: "heartbeatTimeout", timeoutMs: 100 });
	});

	it("does not let heartbeats lengthen the timeout of the attempt", () => {
		const { abort, watch } = watched({ timeoutMs: 250, heartbeatTimeoutMs: 100 });
		watch.begin();
		for (let beat = 0; beat < 3; beat += 1) {
			vi.advanceTimersByTime(90);
			watch.beat();
		}
		expect(abort.signal.reason).toMatchObject({ code: "TaskTimedOut", limit: "timeout" });
	});

	it("counts from where user code begins, not from the read of its input", () => {
		const { abort, watch } = watched({ timeoutMs: 100 });
		vi.advanceTimersByTime(10_000);
		watch.begin();
		vi.advanceTimersByTime(99);
		expect(abort.signal.aborted).toBe(false);
		vi.advanceTimersByTime(1);
		expect(abort.signal.aborted).toBe(true);
	});

	it("gives a cancelled task its grace before it is given up", async () => {
		const { abort, watch } = watched({});
		watch.begin();
		const given = vi.fn();
		watch.until(new Promise(() => undefined)).catch(given);
		abort.abort(new TaskCancelledError("t"));
		await vi.advanceTimersByTimeAsync(999);
		expect(given).not.toHaveBeenCalled();
		await vi.advanceTimersByTimeAsync(1);
		expect(given).toHaveBeenCalledOnce();
	});

	it("leaves no timer behind when it stops", () => {
		const { watch } = watched({ timeoutMs: 100, heartbeatTimeoutMs: 50 });
		watch.begin();
		watch.stop();
		watch.beat();
		expect(vi.getTimerCount()).toBe(0);
	});
});
