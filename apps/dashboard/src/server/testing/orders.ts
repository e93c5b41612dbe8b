import { again, CheckpointingRunner, done, flow, InMemoryBackend } from "@waymark/engine";
import type { InstanceRecord } from "@waymark/engine/backend";

/** Every way in which a value can be wrapped, in one workflow. */
export const order = flow<{ amount: number }>("order")
	.fork("fulfil", {
		payment: (b) => b.task("charge", (input) => ({ paid: input.amount })),
		stock: (b) => b.task("reserve", () => "reserved"),
	})
	.join("combine", ({ payment, stock }) => ({ ...payment, stock }))
	.route("risk", ({ paid }): "auto" | "manual" => (paid > 500 ? "manual" : "auto"), {
		auto: (b) => b.task("accept", () => 7),
		manual: (b) => b.task("review", () => 8),
	})
	.loop("poll", (b) => b.task("check", (_value, ctx) => (ctx.iteration === 0 ? again(_value) : done("shipped"))), {
		maxIterations: 3,
		onMax: "fail",
	})
	.build();

export const approval = flow<null>("approval").waitForSignal<{ yes: boolean }>("wait", "approve").build();

export async function completedOrder(): Promise<{
	readonly backend: InMemoryBackend;
	readonly instance: InstanceRecord;
}> {
	const backend = new InMemoryBackend();
	const result = await new CheckpointingRunner(backend).run(order, "order-1", { amount: 12 });
	const instance = await backend.getInstance("order-1");
	if (result.status !== "completed" || instance === null) throw new Error(`order-1 is ${result.status}`);
	return { backend, instance };
}
