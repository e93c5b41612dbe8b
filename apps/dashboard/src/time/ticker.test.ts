import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { freezeTicker, learnServerClock, onTick, serverNow, unfrozenNow } from "./ticker.ts";

describe("the shared ticker", () => {
	beforeEach(() => {
		vi.useFakeTimers({ now: 1_000_000 });
	});
	afterEach(() => {
		freezeTicker(null);
		learnServerClock(Date.now());
		vi.useRealTimers();
	});

	it("tells every listener at once and then every second, and stops when nobody listens", () => {
		const heard: number[] = [];
		const end = onTick((now) => heard.push(now));
		vi.advanceTimersByTime(2_000);
		expect(heard).toEqual([1_000_000, 1_001_000, 1_002_000]);
		expect(vi.getTimerCount()).toBe(1);
		end();
		expect(vi.getTimerCount()).toBe(0);
	});

	it("follows the server's clock, also when this machine's is five minutes off", () => {
		learnServerClock(1_300_000);
		vi.advanceTimersByTime(1_000);
		expect(serverNow()).toBe(1_301_000);
	});

	it("ignores differences that the network makes", () => {
		learnServerClock(1_000_100);
		expect(serverNow()).toBe(1_000_000);
	});

	it("stands still while what is shown is stale, and catches up afterwards", () => {
		freezeTicker(999_000);
		vi.advanceTimersByTime(5_000);
		expect(serverNow()).toBe(999_000);
		expect(unfrozenNow()).toBe(1_005_000);
		freezeTicker(null);
		expect(serverNow()).toBe(1_005_000);
	});
});
