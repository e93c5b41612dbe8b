import type { Locator, Page } from "@playwright/test";
import { InstancePage } from "../instance-page.ts";
import { FaultProxy } from "./fault-proxy.ts";
import { test as base, expect } from "./test.ts";

export const MINUTE = 60_000;

/** A page that reaches the server through a proxy which can spoil what passes. Its console may complain. */
export const test = base.extend<{ readonly faults: FaultProxy; readonly instance: InstancePage }>({
	faults: async ({ stand }, use) => {
		const faults = await FaultProxy.open(stand.url);
		await use(faults);
		await faults.close();
	},
	baseURL: async ({ faults }, use) => use(faults.url),
	instance: async ({ page }, use) => use(new InstancePage(page)),
	// What is broken on purpose is written to the console by the browser itself.
	quietConsole: undefined,
});

/** Says how the page hears of changes. */
export const pill = (page: Page): Locator => page.locator("[data-connection]");

/** The test can move the clock of the page forward; the time that the test itself takes passes as well. */
export async function openWithClock(page: Page, instance: InstancePage, id: string): Promise<void> {
	await page.clock.install();
	await instance.open(id);
	await expect(pill(page)).toHaveText("Live");
}

export { expect };
