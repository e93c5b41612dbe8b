import { writeSync } from "node:fs";
import { PooledWorker, stopOnSignals } from "@waymark/engine";
import { openBackend } from "../../../dist/index.js";
import { rudeWorkflows } from "./rude-workflows.mjs";
import { faultWorkflows } from "./workflows.mjs";

/**
 * A worker process of the fault tests: `node worker.process.mjs '{"url": …}'`. With `freezeAt` it stops itself
 * (SIGSTOP) once, at that very point, and goes on when it is told to (SIGCONT).
 * @type {{ url: string, ledger: string, name: string, slots: number, lease: number, poll: number, pace: number, drain: number, freezeAt: "claimed" | "performed" | null }}
 */
const options = JSON.parse(process.argv[2] ?? "");

/** At once, also where the process stops or dies right after. @param {string} line */
const say = (line) => writeSync(1, `${line}\n`);

const backend = await openBackend(options.url);
let frozen = false;
/** @param {string} point */
const freeze = (point) => {
	if (options.freezeAt !== point || frozen) return;
	frozen = true;
	say(`frozen ${point}`);
	process.kill(process.pid, "SIGSTOP");
	say(`thawed ${point}`);
};

const claim = backend.claim.bind(backend);
backend.claim = async (command) => {
	const answer = await claim(command);
	if (answer.grants.length > 0) freeze("claimed");
	return answer;
};
const settle = backend.settle.bind(backend);
backend.settle = async (command) => {
	freeze("performed");
	const answer = await settle(command);
	if (answer.kind === "fenced") say(`fenced ${command.path}`);
	return answer;
};

const log = (/** @type {string} */ message, /** @type {any} */ fields) => say(`${message} ${JSON.stringify(fields)}`);
const worker = new PooledWorker(backend, {
	workflows: [
		...Object.values(faultWorkflows(options.ledger, options.pace)),
		...Object.values(rudeWorkflows(`${options.ledger}.until`)),
	],
	name: options.name,
	slots: options.slots,
	lease: options.lease,
	poll: options.poll,
	log: { info: log, warn: log, error: log },
});
process.once("SIGTERM", () => say("stopping"));
stopOnSignals(worker, { drain: options.drain, close: () => backend.close() });
await worker.start();
say(`ready ${worker.workerId}`);
