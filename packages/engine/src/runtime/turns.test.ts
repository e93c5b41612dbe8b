import { expect, it } from "vitest";
import { again, done, flow } from "../index.ts";
import { InMemoryBackend } from "../memory/index.ts";
import { FakeClock } from "../testing/fake-clock.ts";
import { CheckpointingRunner } from "./runner.ts";
import { Turns } from "./turns.ts";

it("owes one turn to all who ask after a long stretch, and none after it has come", async () => {
	const clock = new FakeClock();
	const turns = new Turns(clock, clock);
	expect(turns.owed).toBeNull();
	clock.advance(20);
	const { owed } = turns;
	expect(owed).not.toBeNull();
	expect(turns.owed).toBe(owed);
	await owed;
	expect(turns.owed).toBeNull();
});

it("lets timers fire while a long loop runs over a backend that never waits", async () => {
	let fired = 0;
	const timer = setInterval(() => {
		fired += 1;
	}, 1);
	const busy = flow<number>("busy")
		.loop(
			"rounds",
			(b) =>
				b.task("spin", (round) => {
					const until = performance.now() + 1;
					while (performance.now() < until);
					return round < 200 ? again(round + 1) : done(round);
				}),
			{ maxIterations: 1_000, onMax: "fail" },
		)
		.build();
	const ended = await new CheckpointingRunner(new InMemoryBackend()).run(busy, "busy-1", 0);
	clearInterval(timer);
	expect(ended).toMatchObject({ status: "completed", output: 200 });
	expect(fired).toBeGreaterThan(2);
});
