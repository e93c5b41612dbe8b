import { GuardedStand } from "./guarded-stand.ts";
import { test as base, expect } from "./test.ts";

/** Playwright's test with a whole Waymark, whose dashboard asks who one is. */
export const test = base.extend<object, { readonly guarded: GuardedStand }>({
	guarded: [
		async ({ stand }, use) => {
			const guarded = await GuardedStand.open(stand.engine);
			await use(guarded);
			await guarded.close();
		},
		{ scope: "worker", timeout: 60_000 },
	],
	baseURL: async ({ guarded }, use) => use(guarded.url),
	refusals: /status of (401|403)/,
});

export { expect };
