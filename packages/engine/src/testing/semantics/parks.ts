import { describe, expect, it } from "vitest";
import { flow } from "../../core/builder/flow.ts";
import { makeWorld, type OpenBackend } from "./world.ts";

export function parkSemantics(open: OpenBackend): void {
	describe("delays", () => {
		it("may be first, last, and twice in a row", async () => {
			const { client, worker, clock } = await makeWorld(open);
			const naps = flow<number>("naps")
				.delay("a", "1s")
				.delay("b", "1s")
				.task("t", (n) => n + 1)
				.delay("z", "1s")
				.build();
			await client.start(naps, "i", 1);
			const one = worker([naps]);
			for (let second = 0; second < 3; second += 1) {
				await one.tick();
				expect(await client.get("i")).toMatchObject({ status: "waiting" });
				clock.advance(1_000);
			}
			await one.tick();
			expect(await client.get("i")).toMatchObject({ status: "completed", output: 2 });
		});

		it("may last for years", async () => {
			const { client, worker, clock } = await makeWorld(open);
			const long = flow<number>("long").delay("nap", "3650d").build();
			await client.start(long, "i", 7);
			await worker([long]).tick();
			expect(await client.get("i")).toMatchObject({ status: "waiting", wakeAt: clock.now() + 3650 * 86_400_000 });
		});
	});

	describe("signals", () => {
		const asking = flow<number>("asking")
			.waitForSignal<{ ok: boolean }>("ask", "approval")
			.task("t", (a) => a.ok)
			.build();
		const patient = flow<number>("patient").waitForSignal<string>("ask", "news", { timeout: "1h" }).build();

		it("parks until the signal comes and hands its payload on", async () => {
			const { runner, client } = await makeWorld(open);
			expect(await runner.run(asking, "i", 1)).toMatchObject({
				status: "awaiting_signal",
				signals: ["approval"],
				wakeAt: null,
			});
			expect(await client.sendSignal("i", "approval", { ok: true })).toMatchObject({
				reservedFor: "ask",
				duplicate: false,
			});
			expect(await runner.resume(asking, "i")).toEqual({ status: "completed", output: true });
		});

		it("takes a signal that came early, oldest first", async () => {
			const { client, worker } = await makeWorld(open);
			const twice = flow<number>("twice")
				.task("t", (n) => n)
				.waitForSignal<string>("one", "s")
				.task("keep", (first) => first)
				.fork("f", { a: (b) => b.waitForSignal<string>("two", "s"), b: (b) => b.task("b", (first) => first) })
				.join("j", ({ a, b }) => [b, a])
				.build();
			await client.start(twice, "i", 1);
			await client.sendSignal("i", "s", "first");
			await client.sendSignal("i", "s", "second");
			await worker([twice]).tick();
			expect(await client.get("i")).toMatchObject({ status: "completed", output: ["first", "second"] });
		});

		it("gives two waits of one name in two branches one signal each", async () => {
			const { client, worker } = await makeWorld(open);
			const pair = flow<number>("pair")
				.fork("f", { a: (b) => b.waitForSignal<string>("w", "s"), b: (b) => b.waitForSignal<string>("w", "s") })
				.join("j", (all) => all)
				.build();
			await client.start(pair, "i", 1);
			const one = worker([pair]);
			await one.tick();
			await client.sendSignal("i", "s", "x");
			await one.tick();
			expect(await client.get("i")).toMatchObject({ status: "awaiting_signal", signals: ["s"] });
			await client.sendSignal("i", "s", "y");
			await one.tick();
			expect(await client.get("i")).toMatchObject({ status: "completed", output: { a: "x", b: "y" } });
		});

		it("yields a typed outcome when it has a timeout, either way", async () => {
			const { client, worker, clock } = await makeWorld(open);
			const one = worker([patient]);
			await client.start(patient, "got", 1);
			await client.start(patient, "missed", 1);
			await one.tick();
			await client.sendSignal("got", "news", "hello");
			clock.advance(3_600_000);
			await one.tick();
			expect(await client.get("got")).toMatchObject({ output: { received: true, payload: "hello" } });
			expect(await client.get("missed")).toMatchObject({ output: { received: false } });
		});

		it("keeps a signal that comes after the timeout, though nobody has noticed the timeout yet", async () => {
			const { client, worker, clock, snapshot } = await makeWorld(open);
			await client.start(patient, "i", 1);
			const one = worker([patient]);
			await one.tick();
			clock.advance(3_600_000);
			expect(await client.sendSignal("i", "news", "late")).toMatchObject({ reservedFor: null });
			await one.tick();
			expect(await client.get("i")).toMatchObject({ output: { received: false } });
			expect((await snapshot("i")).signals).toMatchObject([{ consumedBy: null }]);
		});

		it("delivers one idempotency key once, and refuses unknown and finished instances", async () => {
			const { client, worker, snapshot } = await makeWorld(open);
			await client.start(asking, "i", 1);
			const first = await client.sendSignal("i", "approval", { ok: true }, { idempotencyKey: "k" });
			const repeat = await client.sendSignal("i", "approval", { ok: true }, { idempotencyKey: "k" });
			expect(repeat).toMatchObject({ signalId: first.signalId, duplicate: true });
			await expect(client.sendSignal("i", "approval", { ok: false }, { idempotencyKey: "k" })).rejects.toMatchObject({
				code: "SignalKeyConflict",
			});
			await worker([asking]).tick();
			await expect(client.sendSignal("i", "approval", 1)).rejects.toMatchObject({ code: "InstanceFinished" });
			await expect(client.sendSignal("nobody", "approval", 1)).rejects.toMatchObject({ code: "InstanceNotFound" });
			expect((await snapshot("i")).signals).toHaveLength(1);
		});
	});
}
