import { expect, it } from "vitest";
import { CatchUp } from "./catch-up.ts";

/** A server whose answers are given by hand. */
function server() {
	const waiting: ((version: number) => void)[] = [];
	let shown = 0;
	const catchUp = new CatchUp({
		fetch: () =>
			new Promise<void>((resolve) => {
				waiting.push((version) => {
					shown = Math.max(shown, version);
					resolve();
				});
			}),
		reached: (version) => shown >= version,
	});
	const answer = async (version: number) => {
		waiting.shift()?.(version);
		await new Promise((resolve) => setImmediate(resolve));
	};
	return { catchUp, answer, open: () => waiting.length };
}

it("asks once for announcements that come while it asks, if the answer covers them", async () => {
	const { catchUp, answer, open } = server();
	const all = [catchUp.to(4), catchUp.to(5), catchUp.to(6)];
	expect(open()).toBe(1);
	await answer(6);
	await Promise.all(all);
	expect(open()).toBe(0);
});

it("asks again when the answer set out before the announcement", async () => {
	const { catchUp, answer, open } = server();
	const done = catchUp.to(4);
	void catchUp.to(9);
	await answer(4);
	expect(open()).toBe(1);
	await answer(9);
	await expect(done).resolves.toBeUndefined();
});

it("gives up on a server that stays behind, and can be asked anew", async () => {
	const { catchUp, answer } = server();
	const done = catchUp.to(9);
	const refused = expect(done).rejects.toThrow("stays behind");
	for (let round = 0; round < 5; round += 1) await answer(3);
	await refused;
	const again = catchUp.to(9);
	await answer(9);
	await expect(again).resolves.toBeUndefined();
});
