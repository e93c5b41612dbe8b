import { systemIds } from "@waymark/engine";
import { describe, expect, it } from "vitest";
import { Committer } from "./committer.ts";
import type { Database } from "./sql.ts";
import { openTestStore } from "./testing/open-test-store.ts";

const INSERT = `INSERT INTO worker (worker_id, name, slots, started_at, heartbeat_at, expires_at)
	VALUES (?, 'w', 1, 1, 1, 1)`;

async function openCommitter() {
	const { database, handle } = await openTestStore();
	let transactions = 0;
	const counted: Database = {
		name: database.name,
		transaction(work) {
			transactions += 1;
			return database.transaction(work);
		},
		renew: (workerId, leaseMs) => database.renew(workerId, leaseMs),
		patiently: (action) => database.patiently(action),
		read: (work) => database.read(work),
		look: (work) => database.look(work),
		mayPass: (error) => database.mayPass(error),
		flush: (flush) => database.flush(flush),
		load: (runIds) => database.load(runIds),
		watch: (listener) => database.watch(listener),
		hearsOthers: true,
		close: () => database.close(),
	};
	const committer = new Committer(counted, systemIds, () => {});
	const insert = (id: string) => committer.submit("settle", {}, async ({ sql }) => sql.run(INSERT, id));
	const stored = () => handle.prepare("SELECT worker_id FROM worker ORDER BY 1").pluck().all();
	return { committer, insert, stored, handle, transactions: () => transactions };
}

describe("the committer", () => {
	it("makes one transaction of all that was queued in one turn", async () => {
		const { insert, stored, transactions } = await openCommitter();
		await Promise.all(Array.from({ length: 100 }, (_, i) => insert(`w${i}`)));
		expect(stored()).toHaveLength(100);
		expect(transactions()).toBe(1);
	});

	it("splits a group that is undone again and again, as by a connection that never lives long enough", async () => {
		const { database, handle } = await openTestStore();
		const lost = new Error("lost");
		const shortLived: Database = {
			...{
				name: database.name,
				renew: (workerId, leaseMs) => database.renew(workerId, leaseMs),
				patiently: (action) => database.patiently(action),
				flush: (flush) => database.flush(flush),
				load: (runIds) => database.load(runIds),
				mayPass: (error) => database.mayPass(error),
			},
			...{
				read: (work) => database.read(work),
				look: (work) => database.look(work),
				watch: (listener) => database.watch(listener),
				hearsOthers: true,
				close: () => database.close(),
			},
			async transaction(work) {
				for (;;) {
					try {
						return await database.transaction((sql, now) => {
							let left = 3;
							const run: typeof sql.run = (text, ...values) => {
								left -= 1;
								if (left < 0) throw lost;
								return sql.run(text, ...values);
							};
							return work(Object.assign(Object.create(sql) as typeof sql, { run, all: sql.all.bind(sql) }), now);
						});
					} catch (error) {
						if (error !== lost) throw error;
					}
				}
			},
		};
		const committer = new Committer(shortLived, systemIds, () => {});
		await Promise.all(
			Array.from({ length: 40 }, (_, i) => committer.submit("settle", {}, async ({ sql }) => sql.run(INSERT, `w${i}`))),
		);
		expect(handle.prepare("SELECT COUNT(*) FROM worker").pluck().get()).toBe(40);
	});

	it("lets one bad command fail alone", async () => {
		const { committer, insert, stored } = await openCommitter();
		await insert("taken");
		const commands = [insert("a"), insert("b"), insert("taken"), insert("c"), insert("d")];
		const broken = committer.submit("settle", {}, async ({ sql }) => {
			await sql.run(INSERT, "half written");
			throw new Error("broken");
		});
		const results = await Promise.allSettled([...commands, broken, insert("e")]);
		expect(results.map(({ status }) => status === "fulfilled")).toEqual([true, true, false, true, true, false, true]);
		expect(stored()).toEqual(["a", "b", "c", "d", "e", "taken"]);
	});

	it("answers only after the commit", async () => {
		const { insert, handle } = await openCommitter();
		const seen = insert("a").then(() => handle.inTransaction);
		expect(await seen).toBe(false);
	});

	it("keeps the order in which commands came", async () => {
		const { committer } = await openCommitter();
		const order: number[] = [];
		await Promise.all(
			Array.from({ length: 20 }, (_, i) =>
				committer.submit("settle", {}, async () => {
					order.push(i);
				}),
			),
		);
		expect(order).toEqual(Array.from({ length: 20 }, (_, i) => i));
	});

	it("is drained when nothing is queued any more", async () => {
		const { committer, insert, stored } = await openCommitter();
		insert("a");
		const second = insert("b").then(() => insert("c"));
		await second;
		await committer.drained();
		expect(stored()).toEqual(["a", "b", "c"]);
	});
});
