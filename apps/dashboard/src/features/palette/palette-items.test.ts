import { Square } from "lucide-react";
import { expect, it } from "vitest";
import { answers, type PaletteItem, rank } from "./palette-items.ts";

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

it("asks for every word, in title or detail, and leaves out groups without an answer", () => {
	expect(rank(item("charge", "task, failed"), "cha failed")).toBeGreaterThan(0);
	expect(rank(item("charge", "task, failed"), "cha running")).toBe(0);
	expect(answers([{ value: "Nodes", items: [item("charge")] }], "zzz", 5)).toEqual([]);
});

it("shows everything to who typed nothing, and takes signs for signs", () => {
	expect(rank(item("x"), "")).toBeGreaterThan(0);
	expect(rank(item("a(b"), "(b")).toBeGreaterThan(0);
});
