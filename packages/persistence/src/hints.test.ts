import type { Hint } from "@waymark/engine/backend";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Hints } from "./hints.ts";

describe("hints of other processes", () => {
	beforeEach(() => {
		vi.useFakeTimers();
	});
	afterEach(() => {
		vi.useRealTimers();
	});

	function makeHints() {
		const log: string[] = [];
		let tell: () => void = () => {};
		const hints = new Hints((listener) => {
			log.push("watch");
			tell = listener;
			return () => log.push("unwatch");
		});
		return { hints, log, tell: () => tell() };
	}

	it("are watched for on through a short time in which nobody listens", () => {
		const { hints, log, tell } = makeHints();
		const heard: Hint[] = [];
		for (let n = 0; n < 3; n += 1) {
			const end = hints.listen((hint) => heard.push(hint));
			tell();
			end();
			vi.advanceTimersByTime(20_000);
			tell();
		}
		expect(heard).toEqual([{ origin: "remote" }, { origin: "remote" }, { origin: "remote" }]);
		expect(log).toEqual(["watch"]);
		vi.advanceTimersByTime(10_000);
		expect(log).toEqual(["watch", "unwatch"]);
	});

	it("are watched for no longer once they are closed", () => {
		const { hints, log } = makeHints();
		hints.listen(() => {})();
		hints.close();
		vi.advanceTimersByTime(60_000);
		expect(log).toEqual(["watch", "unwatch"]);
	});
});
