import { expect, it } from "vitest";
import type { SettleCommand } from "../backend/commands.ts";
import { flow } from "../core/builder/flow.ts";
import { again, done } from "../core/builder/loop-result.ts";
import { InMemoryBackend } from "../memory/index.ts";
import { CheckpointingRunner } from "./runner.ts";

const ITERATIONS = 50_000;
const WINDOW = 100;

it("settles the 50,000th iteration of a loop with as many bytes and commands as the first", async () => {
	const backend = new InMemoryBackend();
	const sizes: number[] = [];
	const settle = backend.settle.bind(backend);
	backend.settle = (command: SettleCommand) => {
		sizes.push(JSON.stringify(command).length);
		return settle(command);
	};
	const long = flow<number>("long")
		.loop("l", (b) => b.task("t", (n) => (n < ITERATIONS ? again(n + 1) : done(n))), {
			maxIterations: ITERATIONS + 1,
			onMax: "fail",
		})
		.build();
	const state = await new CheckpointingRunner(backend).run(long, "i", 1);
	expect(state).toMatchObject({ status: "completed", output: ITERATIONS });
	expect(sizes).toHaveLength(ITERATIONS);
	const mean = (some: readonly number[]) => some.reduce((sum, size) => sum + size, 0) / some.length;
	// The number of the iteration is part of the path, which a settle names a few times.
	expect(mean(sizes.slice(-WINDOW - 1, -1)) / mean(sizes.slice(1, WINDOW))).toBeLessThan(1.25);
}, 120_000);
