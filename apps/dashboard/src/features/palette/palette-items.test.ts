import { Square } from "lucide-react";
import { expect, it } from "vitest";
import { answers, type PaletteItem } from "./palette-items.ts";

const item = (title: string, detail = ""): PaletteItem => ({
	id: title,
	title,
	detail,
	Icon: Square,
	run: () => undefined,
});

it("puts what begins with the word before what only holds it", () => {
	const group = { value: "Nodes", items: [item("recharge"), item("pay/charge"), item("charge")] };
	expect(answers([group], "charge", 5)[0]?.items.map(({ title }) => title)).toEqual([
		"charge",
		"pay/charge",
		"recharge",
	]);
});

const finds = (one: PaletteItem, query: string) => answers([{ value: "Nodes", items: [one] }], query, 5).length > 0;

it("asks for every word, in title or detail, and leaves out groups without an answer", () => {
	expect(finds(item("charge", "task, failed"), "cha failed")).toBe(true);
	expect(finds(item("charge", "task, failed"), "cha running")).toBe(false);
	expect(finds(item("charge", "task, failed"), "as")).toBe(false);
});

it("keeps the many for who asks for them", () => {
	const tokyo = { ...item("Times in Asia/Tokyo"), isAskedFor: true };
	expect(finds(tokyo, "")).toBe(false);
	expect(finds(tokyo, "tokyo")).toBe(true);
});

it("shows everything to who typed nothing, and takes signs for signs", () => {
	expect(finds(item("x"), "")).toBe(true);
	expect(finds(item("a(b"), "(b")).toBe(true);
});

it("looks through ten thousand nodes within a keystroke", () => {
	const items = Array.from({ length: 10_000 }, (_, at) => item(`part-${at % 100}/step-${at}`, "task, completed"));
	const [group] = answers([{ value: "Nodes", items }], "step-99 compl", 8);
	expect(group?.items).toHaveLength(8);
	expect(group?.items.every(({ title }) => title.includes("step-99"))).toBe(true);
});
