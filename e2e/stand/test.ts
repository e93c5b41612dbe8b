import { test as base, expect } from "@playwright/test";
import { DashboardStand } from "./dashboard-stand.ts";
import type { Storage } from "./engine-stand.ts";

export interface PerTest {
	/** An instance id that no other test uses. */
	readonly newId: (prefix: string) => string;
	/** Answers that the browser notes in the console by itself, by their status. */
	readonly refusals: RegExp;
	/** Fails the test if the page wrote an error to its console. */
	readonly quietConsole: undefined;
}

export interface PerWorker {
	/** Where the instances lie; the project says. */
	readonly storage: Storage;
	/** Database, worker process and dashboard server. */
	readonly stand: DashboardStand;
}

let counter = 0;

/** Playwright's test with a whole Waymark around it. Every worker of Playwright has its own. */
export const test = base.extend<PerTest, PerWorker>({
	storage: ["sqlite", { scope: "worker", option: true }],
	stand: [
		async ({ storage }, use) => {
			const stand = await DashboardStand.open(storage);
			await use(stand);
			await stand.close();
		},
		{ scope: "worker", timeout: 120_000 },
	],
	baseURL: async ({ stand }, use) => use(stand.url),
	// biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures it needs from the pattern
	newId: async ({}, use) =>
		use((prefix) => {
			counter += 1;
			return `${prefix}-${counter}`;
		}),
	// A page of an unknown id.
	refusals: [/404/, { option: true }],
	quietConsole: [
		async ({ page, refusals }, use) => {
			const errors: string[] = [];
			page.on("pageerror", (error) => errors.push(String(error)));
			page.on("console", (message) => {
				if (message.type() === "error" && !refusals.test(message.text())) errors.push(message.text());
			});
			await use(undefined);
			expect(errors, "the page wrote errors to its console").toEqual([]);
		},
		{ auto: true },
	],
});

export { expect };
