import { describe, expect, it } from "vitest";
import { mergeRows } from "./merge-rows.ts";

const rows = (keys: string) => [...keys].map((key) => ({ key }));
const told = (first: string, second: string) =>
	mergeRows(rows(first), rows(second))
		.map(({ a, b }) => `${a?.key ?? "-"}${b?.key ?? "-"}`)
		.join(" ");

describe("two lists as one", () => {
	it("are what they are if they are the same", () => {
		expect(told("abc", "abc")).toBe("aa bb cc");
		expect(told("", "")).toBe("");
	});

	it("put what only one has after what it follows there", () => {
		expect(told("abc", "abxc")).toBe("aa bb -x cc");
		expect(told("abxc", "abc")).toBe("aa bb x- cc");
		expect(told("abc", "xabcy")).toBe("-x aa bb cc -y");
		expect(told("apb", "aqb")).toBe("aa p- -q bb");
		expect(told("ab", "xy")).toBe("a- b- -x -y");
		expect(told("", "xy")).toBe("-x -y");
	});

	it("leave what was moved where the first has it, and lose and double nothing", () => {
		expect(told("abcd", "dabc")).toBe("aa bb cc dd");
		expect(told("abcd", "bxad")).toBe("aa bb c- -x dd");
		const letters = "abcdefgh";
		for (let seed = 1; seed < 60; seed += 1) {
			const pick = (at: number) => ((seed * 7919 + at * 104_729) % 13) - 6;
			const first = [...letters].filter((_, at) => pick(at) > -3).join("");
			const second = [...letters]
				.filter((_, at) => pick(at + 9) < 4)
				.sort((x, y) => pick(x.charCodeAt(0)) - pick(y.charCodeAt(0)));
			const pairs = mergeRows(
				rows(first),
				second.map((key) => ({ key })),
			);
			expect(pairs.flatMap(({ a }) => a?.key ?? []).join("")).toBe(first);
			expect(pairs.flatMap(({ b }) => b?.key ?? []).sort()).toEqual([...second].sort());
			for (const { a, b } of pairs) if (a !== null && b !== null) expect(a.key).toBe(b.key);
			for (const { a } of pairs)
				if (a !== null)
					expect(pairs.filter((pair) => pair.b?.key === a.key)).toHaveLength(second.includes(a.key) ? 1 : 0);
		}
	});
});
