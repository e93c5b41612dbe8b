import { describe, expect, it } from "vitest";
import { flow } from "../../core/builder/flow.ts";
import { gate, makeWorld, type OpenBackend } from "./world.ts";

export function spreadSemantics(open: OpenBackend): void {
	describe("branches on several workers", () => {
		it("run where a slot is free, when the first worker has none left", async () => {
			const { client, worker, snapshot } = await makeWorld(open);
			const [a, b] = [gate(), gate()];
			const meeting = flow<number>("meeting")
				.fork("f", {
					a: (s) =>
						s.task("a", async (n) => {
							a.open();
							await b.opened;
							return n;
						}),
					b: (s) =>
						s.task("b", async (n) => {
							b.open();
							await a.opened;
							return n;
						}),
				})
				.join("sum", (both) => both.a + both.b)
				.build();
			await client.start(meeting, "i", 2);
			await Promise.all([worker([meeting], 1).tick(), worker([meeting], 1).tick()]);
			expect(await client.get("i")).toMatchObject({ status: "completed", output: 4 });
			const { checkpoints } = await snapshot("i");
			const workerOf = (end: string) => checkpoints.find(({ path }) => path.endsWith(end))?.worker;
			expect(workerOf("a/a")).not.toBe(workerOf("b/b"));
		});

		it("run where their tag is served", async () => {
			const { client, worker, snapshot } = await makeWorld(open);
			const tagged = flow<number>("tagged")
				.task("begin", (n) => n)
				.fork("f", { cpu: (s) => s.task("c", (n) => n), gpu: (s) => s.task("g", (n) => n * 2, { tags: ["gpu"] }) })
				.join("sum", ({ cpu, gpu }) => cpu + gpu)
				.build();
			const [plain, special] = [worker([tagged], 4), worker([tagged], 4, ["gpu"])];
			await client.start(tagged, "i", 5);
			await plain.tick();
			expect(await client.get("i")).toMatchObject({ status: "in_progress" });
			await special.tick();
			await plain.tick();
			expect(await client.get("i")).toMatchObject({ status: "completed", output: 15 });
			const { checkpoints } = await snapshot("i");
			const workerOf = (end: string) => checkpoints.find(({ path }) => path.endsWith(end))?.worker;
			expect(workerOf("cpu/c")).toBe(plain.workerId);
			expect(workerOf("gpu/g")).toBe(special.workerId);
		});
	});
}
