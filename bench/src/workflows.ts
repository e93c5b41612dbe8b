import { type AnyWorkflow, type Body, flow } from "@waymark/engine";

interface Counter {
	readonly n: number;
}

const increment = ({ n }: Counter): Counter => ({ n: n + 1 });

export const STEPS = 10;

/** A chain of trivial tasks. */
export const linear = chain("linear", STEPS);

/** One task that tells when its first line ran, on this host's clock. */
export const stamp = flow<null>("stamp")
	.task("stamp", () => performance.timeOrigin + performance.now())
	.build();

/** Waits for one signal and ends. */
export const signalled = flow<null>("signalled").waitForSignal<number>("wait", "go").build();

/** Parks at once, for longer than any run. */
export const sleeper = flow<Counter>("sleeper").delay("sleep", "24h").task("wake", increment).build();

export const BRANCHES = 100;

const branch: Body<Counter, Counter> = (b) => b.task("work", increment);

/** One task, a hundred side by side, one join. */
export const forked = flow<Counter>("forked")
	.task("start", increment)
	.fork("fan", Object.fromEntries(Array.from({ length: BRANCHES }, (_, i) => [`b${i}`, branch])))
	.join("join", (outputs) => ({ n: Object.keys(outputs).length }))
	.build();

/** Passes a text on from task to task. */
export const heavy = passing("heavy", STEPS);

function passing(name: string, steps: number) {
	let built = flow<string>(name).task("s1", (text) => text);
	for (let step = 2; step <= steps; step += 1) built = built.task(`s${step}`, (text) => text);
	return built.build();
}

/** A task that may hold for ever, between two that do not. */
export function holding(holds: boolean) {
	const hold = (counter: Counter) => (holds ? new Promise<Counter>(() => undefined) : counter);
	return flow<Counter>("holding").task("before", increment).task("hold", hold).task("after", increment).build();
}

/** As many tasks in a row as asked for. */
export function chain(name: string, steps: number) {
	let built = flow<Counter>(name).task("s1", increment);
	for (let step = 2; step <= steps; step += 1) built = built.task(`s${step}`, increment);
	return built.build();
}

/** A chain that ends in a wait, so that there is something to resume. */
export function recorded(steps: number) {
	let built = flow<Counter>(`recorded-${steps}`).task("s1", increment);
	for (let step = 2; step <= steps; step += 1) built = built.task(`s${step}`, increment);
	return built.waitForSignal<Counter>("wait", "go").build();
}

/** What a worker process serves. */
export function allWorkflows(holds: boolean): readonly AnyWorkflow[] {
	return [linear, stamp, signalled, sleeper, forked, heavy, holding(holds)];
}
