import { expect, it } from "vitest";
import { completedOrder, order } from "./testing/orders.ts";
import { renderValue } from "./value-text.ts";

it("writes every kind of reference as the text that the task saw", async () => {
	const { backend, instance } = await completedOrder();
	const place = { backend, graph: order.graph, runId: instance.runId };
	const text = async (ref: string) => {
		const value = await renderValue(place, ref);
		return value?.kind === "text" ? value.text : value;
	};

	expect(await text("~input")).toBe('{"amount":12}');
	expect(await text("fulfil/payment/charge")).toBe('{"paid":12}');
	expect(await text("~join:fulfil")).toBe('{"payment":{"paid":12},"stock":"reserved"}');
	expect(await text("case:auto|risk/auto/accept")).toBe('{"case":"auto","value":7}');
	expect(await text("received|~input")).toBe('{"received":true,"payload":{"amount":12}}');
	expect(await text("timeout|~none")).toBe('{"received":false}');
	expect(await text("case:late|timeout|~none")).toBe('{"case":"late","value":{"received":false}}');
	expect(await text("case:auto|~none")).toBe('{"case":"auto"}');
	expect(await text("ok|combine")).toBe('{"ok":true,"value":{"paid":12,"stock":"reserved"}}');
	expect(await text('case:we"ird|ok|~input')).toBe('{"case":"we\\"ird","value":{"ok":true,"value":{"amount":12}}}');
	expect(await text("nowhere")).toBeNull();
	expect(await text("~join:nowhere")).toBeNull();
	expect(await text("~signal:nowhere")).toBeNull();
});

it("tells a loop's verdict by name and leaves the value alone", async () => {
	const { backend, instance } = await completedOrder();
	const output = instance.output ?? "";
	const value = await renderValue({ backend, graph: order.graph, runId: instance.runId }, output);
	expect(value).toMatchObject({ kind: "text", text: '"shipped"' });
	const verdict = await renderValue({ backend, graph: order.graph, runId: instance.runId }, "done|poll[1]/check");
	expect(verdict).toMatchObject({ wrappers: ["done"], text: '"shipped"' });
});
