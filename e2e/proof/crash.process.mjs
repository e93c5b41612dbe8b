import { systemClock, systemIds } from "@waymark/engine";
import Sqlite from "better-sqlite3";
import { drive, SHAPES } from "./shapes.mjs";

/**
 * Drives one shape to its end on a SQLite file, and is killed on the way if told so. Prints the calls that it made.
 * @typedef {{ command: string, nth: number, point: "before" | "committed" | "acknowledged" }} CallCrash
 * @typedef {{ statement: number }} StatementCrash
 * @typedef {{ file: string, ledger: string, shape: string, crash: CallCrash | StatementCrash | null }} Order
 */

/** @type {Order} */
const order = JSON.parse(process.argv[2] ?? "");
const { crash } = order;

const COMMANDS = new Set(["registerWorker", "create", "claim", "settle", "sendSignal", "pause", "unpause", "cancel"]);

function die() {
	process.kill(process.pid, "SIGKILL");
}

let statements = 0;

/** Before statement i that writes, or commits, inside a transaction. */
function countStatements() {
	const { prepare } = Sqlite.prototype;
	/** @type {any} */
	const prototype = Sqlite.prototype;
	prototype.prepare = function (/** @type {string} */ text) {
		/** @type {any} */
		const statement = prepare.call(this, text);
		if (!/^\s*(INSERT|UPDATE|DELETE|WITH|COMMIT)/i.test(text)) return statement;
		for (const how of /** @type {const} */ (["run", "get", "all"])) {
			const original = statement[how].bind(statement);
			Object.defineProperty(statement, how, {
				value: (/** @type {unknown[]} */ ...values) => {
					if (this.inTransaction) {
						statements += 1;
						if (crash !== null && "statement" in crash && statements === crash.statement) die();
					}
					return original(...values);
				},
			});
		}
		return statement;
	};
}

/** @type {Record<string, number>} */
const begun = {};
/** Calls that changed something, with the number of all calls of that command until then. */
const calls = /** @type {{ command: string, nth: number }[]} */ ([]);

/**
 * @template {object} T
 * @param {T} backend
 * @returns {T}
 */
function watched(backend) {
	return new Proxy(backend, {
		get(target, name) {
			const value = Reflect.get(target, name);
			if (typeof value !== "function") return value;
			const command = String(name);
			if (!COMMANDS.has(command)) return value.bind(target);
			return async (/** @type {unknown[]} */ ...args) => {
				begun[command] = (begun[command] ?? 0) + 1;
				const nth = begun[command];
				const isHere = crash !== null && "command" in crash && crash.command === command && crash.nth === nth;
				if (isHere && crash.point === "before") die();
				const answer = await value.apply(target, args);
				if (command !== "claim" || answer.grants.length > 0) calls.push({ command, nth });
				if (isHere && crash.point === "committed") die();
				if (isHere && crash.point === "acknowledged") setImmediate(die);
				return answer;
			};
		},
	});
}

/** Not by the package: the half of it that is PostgreSQL's costs a third of the life of such a process. */
async function openQuickly() {
	const built = new URL("../../packages/persistence/dist/", import.meta.url);
	const { openSqliteStore } = await import(new URL("sqlite/open-store.js", built).href);
	const { PrismaBackend } = await import(new URL("prisma-backend.js", built).href);
	const options = { durability: "normal", clock: systemClock, ids: systemIds };
	const { store, release } = await openSqliteStore(order.file, options);
	return new PrismaBackend(store, release);
}

const shape = SHAPES[order.shape];
if (shape === undefined) throw new Error(`no shape ${order.shape}`);
countStatements();
const backend = await openQuickly();
await drive(watched(backend), shape, order.ledger);
await backend.close();
console.log(JSON.stringify({ calls, statements }));
