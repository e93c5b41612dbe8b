import { test as base, expect } from "@playwright/test";
import { GalleryStand } from "./gallery-stand.ts";

export interface PerWorker {
	/** Ids of the scenarios that the file looks at. */
	readonly scenarios: readonly string[];
	/** Ms since the epoch; see GalleryStand. */
	readonly frozen: number | null;
	readonly gallery: GalleryStand;
}

/** Playwright's test with scenarios of the gallery; a file names them with `test.use({ scenarios: [[…], …] })`. */
export const test = base.extend<object, PerWorker>({
	scenarios: [[], { scope: "worker", option: true }],
	frozen: [null, { scope: "worker", option: true }],
	gallery: [
		async ({ scenarios, frozen }, use) => {
			const gallery = await GalleryStand.open(scenarios, frozen);
			await use(gallery);
			await gallery.close();
		},
		{ scope: "worker", timeout: 180_000 },
	],
	baseURL: async ({ gallery }, use) => use(gallery.url),
});

export { expect };
