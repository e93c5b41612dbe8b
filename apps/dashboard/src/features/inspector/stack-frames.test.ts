import { expect, it } from "vitest";
import { stackParts } from "./stack-frames.ts";

const STACK = `CarrierError: refused
    second line of the message
    at book (/srv/shop/src/book.ts:12:9)
    at async run (/srv/shop/src/parcel.ts:40:3)
    at performTask (/srv/shop/node_modules/@waymark/engine/dist/runtime/perform.js:88:14)
    at process.processTicksAndRejections (node:internal/process/task_queues:103:5)
    at late (/srv/shop/src/late.ts:1:1)`;

it("keeps one's own frames apart from those of Node and of packages, in their order", () => {
	expect(stackParts(STACK).map(({ kind, lines }) => [kind, lines.length])).toEqual([
		["own", 2],
		["framework", 2],
		["own", 1],
	]);
});

it("leaves out the heading, which stands above", () => {
	expect(stackParts(STACK)[0]?.lines[0]).toContain("at book");
});

it("folds nothing where there is nothing else, and shows a trace that is none as it is", () => {
	expect(stackParts("Error: x\n    at node:internal/timers:1:1")).toEqual([
		{ kind: "own", lines: ["    at node:internal/timers:1:1"] },
	]);
	expect(stackParts("no frames here")).toEqual([{ kind: "own", lines: ["no frames here"] }]);
});
