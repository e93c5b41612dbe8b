/** Measures one peer at one workload: `node run.mjs <peer> <scenario> <url> <size>`; prints a line `outcome {…}`. */
import { SIZES, STEPS } from "./workloads.mjs";

const [peer, scenario, url, size] = process.argv.slice(2);
const count = SIZES[/** @type {"full" | "quick"} */ (size)][/** @type {keyof SIZES["full"]} */ (scenario)];
const engine = await (await import(`./${peer}.mjs`)).open(url);

/** @type {{ name: string, value: number, unit: string }[]} */
const figures = [];
switch (scenario) {
	case "linear-1":
	case "linear-100": {
		const inFlight = scenario === "linear-1" ? 1 : 100;
		await engine.linear(inFlight, Math.ceil(count / 4));
		figures.push({ name: "steps", value: (count * STEPS * 1000) / (await engine.linear(inFlight, count)), unit: "/s" });
		break;
	}
	case "fork-100":
		if (engine.fork === null) break;
		await engine.fork(1);
		figures.push({ name: "start → result p50", value: await engine.fork(count), unit: "ms" });
		break;
	case "start-result": {
		await engine.startToResult(2);
		const { toTask, toResult } = await engine.startToResult(count);
		figures.push({ name: "start → task p50", value: toTask, unit: "ms" });
		figures.push({ name: "start → result p50", value: toResult, unit: "ms" });
		break;
	}
	case "sleepers-10000":
		figures.push({ name: "last one done after", value: await engine.sleepers(count), unit: "ms" });
		break;
}
const committed = { completed: await engine.completed(), checkpoints: 0 };
await engine.close();
console.log(`outcome ${JSON.stringify({ figures, cost: null, committed })}`);
process.exit(0);
