import { flow } from "@waymark/engine";
import { works } from "../work.mjs";

const LONG = 200;
const RTL = "\u202Eملف‮ طلب العميل \u202C";
const EMOJI = "👩‍👩‍👧‍👦🏳️‍🌈é̂̃".repeat(20);
export const MARKUP = `<img src=x onerror="alert(1)"><script>alert(2)</script>&amp;'"\`\${7*7}</style>`;

/**
 * Texts and values that break what takes them for harmless. Ids are plain by the engine's rules, so these come in
 * descriptions, errors, labels, reasons and payloads, and ids are as long and as odd as the rules allow.
 * @param {import("../work.mjs").Pace} pace
 */
export function valueWorkflows(pace) {
	const work = works(pace);
	return {
		hostile: flow(`${"long/workflow name ".repeat(10)}end`.slice(0, LONG).trim(), { description: MARKUP + RTL })
			.task("constructor", work, { description: MARKUP })
			.task("hasOwnProperty", work, { description: RTL })
			.task("-".repeat(3), work, { description: EMOJI })
			.task("a".repeat(LONG), work, { description: "x".repeat(2_000) })
			.waitForSignal("toString", `signal ${"/".repeat(150)} name`)
			.route("__defineGetter__", () => "valueOf", {
				valueOf: (/** @type {any} */ b) => b.task("W".repeat(LONG), work),
				["z".repeat(LONG)]: (/** @type {any} */ b) => b.task("never", work),
			})
			.task(
				"explode",
				() => {
					throw Object.assign(new Error(`${MARKUP}\n${RTL}\n${EMOJI}\n${"no-space".repeat(500)}`), {
						name: MARKUP.slice(0, 80),
					});
				},
				{ description: EMOJI },
			)
			.build(),

		huge: flow("archive")
			.task("pack", () => ({ rows: rows(9_000), note: "just under one megabyte" }))
			.task("unpack", (value) => ({
				head: /** @type {any} */ (value).rows.slice(0, 3),
				text: "lorem ipsum ".repeat(60_000),
			}))
			.build(),

		binary: flow("scan")
			.task("photograph", () => ({ taken: new Date(1_790_000_000_000), pixels: pixels(4_096) }))
			.task("recognise", (value) => ({ .../** @type {any} */ (value), words: ["Grüße", "😀", MARKUP] }))
			.build(),
	};
}

/** @param {number} count */
function rows(count) {
	return Array.from({ length: count }, (_, i) => ({
		id: i,
		name: `row ${i}`,
		price: (i * 997) % 10_000,
		at: new Date(1_790_000_000_000 + i * 60_000).toISOString(),
		big: 9_007_199_254_740_991 - i,
	}));
}

/** @param {number} count */
function pixels(count) {
	return Uint8Array.from({ length: count }, (_, i) => (i * 31) % 256);
}
