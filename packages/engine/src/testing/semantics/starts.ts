import { describe, expect, it } from "vitest";
import { flow } from "../../core/builder/flow.ts";
import { gate, makeWorld, type OpenBackend } from "./world.ts";

export function startSemantics(open: OpenBackend): void {
	describe("starts", () => {
		const simple = flow<number>("simple")
			.task("t", (n) => n + 1)
			.build();

		it("creates exactly one instance out of a hundred concurrent starts", async () => {
			const { client, worker } = await makeWorld(open);
			const answers = await Promise.allSettled(Array.from({ length: 100 }, (_, at) => client.start(simple, "i", at)));
			const won = answers.flatMap((answer, at) => (answer.status === "fulfilled" ? [at] : []));
			expect(won).toHaveLength(1);
			for (const answer of answers) {
				if (answer.status === "rejected") expect(answer.reason).toMatchObject({ code: "InstanceExists" });
			}
			await worker([simple]).tick();
			expect(await client.get("i")).toMatchObject({ status: "completed", output: (won[0] ?? 0) + 1 });
		});

		it("refuses an id that exists, live or finished, and answers with it when told to use it", async () => {
			const { client, worker } = await makeWorld(open);
			await client.start(simple, "i", 1);
			await expect(client.start(simple, "i", 2)).rejects.toMatchObject({ code: "InstanceExists", status: "pending" });
			await worker([simple]).tick();
			await expect(client.start(simple, "i", 2)).rejects.toMatchObject({ code: "InstanceExists", status: "completed" });
			expect(await client.start(simple, "i", 2, { onConflict: "useExisting" })).toMatchObject({
				created: false,
				instance: { status: "completed", generation: 1 },
			});
		});

		it("cancels and fences the old run in the commit that starts a new one under its id", async () => {
			const { client, worker, backend, snapshot } = await makeWorld(open);
			const begun = gate();
			const late = gate();
			let attempts = 0;
			const slow = flow<number>("slow")
				.task("t", async (n) => {
					attempts += 1;
					if (attempts > 1) return n;
					begun.open();
					await late.opened;
					return -1;
				})
				.build();
			await client.start(slow, "i", 1);
			const old = (await snapshot("i")).instance.runId;
			const ticking = worker([slow]).tick();
			await begun.opened;
			const fresh = await client.start(slow, "i", 2, { onConflict: "terminateExisting", by: "mira" });
			expect(fresh).toMatchObject({ created: true, instance: { generation: 2 } });
			expect(fresh.instance.runId).not.toBe(old);
			late.open();
			await ticking;
			await worker([slow]).tick();
			expect(await client.get("i")).toMatchObject({ status: "completed", output: 2 });
			const before = await backend.getSnapshot(old, 0);
			expect(before).toMatchObject({
				instance: { status: "cancelled" },
				checkpoints: [],
				controlRequests: [{ kind: "cancel", by: "mira" }],
			});
		});

		it("starts nothing for an input that does not match the workflow's schema", async () => {
			const { client, runner } = await makeWorld(open);
			const schema = {
				"~standard": {
					version: 1,
					vendor: "test",
					validate: (value: unknown) =>
						typeof value === "number" ? { value: value * 2 } : { issues: [{ message: "not a number" }] },
				},
			} as const;
			const strict = flow<number>("strict", { input: schema })
				.task("t", (n) => n)
				.build();
			await expect(client.start(strict, "i", "x" as never)).rejects.toMatchObject({ code: "SchemaMismatch" });
			await expect(client.get("i")).rejects.toMatchObject({ code: "InstanceNotFound" });
			expect(await runner.run(strict, "i", 4)).toEqual({ status: "completed", output: 8 });
		});
	});
}
