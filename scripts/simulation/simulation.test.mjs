import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { ROOT } from "../install.mjs";
import { applied } from "./bundle.mjs";
import { MUTANTS } from "./mutants.mjs";

const run = promisify(execFile);
const TEN_MINUTES = 600_000;

describe("the simulator", () => {
	it("finds nothing in 5,000 schedules, each played twice", { timeout: TEN_MINUTES }, async () => {
		const { stdout } = await run(process.execPath, ["scripts/simulate.mjs", "--seeds=5000"], { cwd: ROOT });
		expect(stdout).toMatch(/\n5000 schedules, 0 violations\n$/);
	});

	it("finds every known bug", { timeout: TEN_MINUTES }, async () => {
		const { stdout } = await run(process.execPath, ["scripts/mutants.mjs"], { cwd: ROOT });
		expect(stdout).toMatch(new RegExp(`\\n${MUTANTS.length} mutants, 0 survivors\\n$`));
	});

	it.each(MUTANTS)("knows where bug $id sits: $bug", ({ edits }) => {
		for (const edit of edits) {
			expect(applied(readFileSync(join(ROOT, edit.file), "utf8"), edit)).toContain(edit.replace);
		}
	});

	it("refuses an edit whose text is no longer there", () => {
		expect(() => applied("a b", { file: "f.ts", find: "c", replace: "d" })).toThrow(/f\.ts holds this 0 times/);
	});
});
