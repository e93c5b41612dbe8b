import { readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { findBrowser } from "../../scripts/browser.mjs";
import { expect, test as galleryTest } from "./gallery-test.ts";

/** The moment at which all pictures are taken, 16:00 UTC and 09:00 in Denver. */
const NOW = Date.UTC(2026, 10, 25, 16);

/** The one whose pictures are kept: inside npm's @sparticuz/chromium. */
const PINNED = "147.0.7727.0";
const NOT_PINNED = `pictures are compared in the Chromium ${PINNED} that npm installs alone: npm run pictures`;

/** Text is drawn in these, wherever the tests run; no font of the system has a part in it. */
const FACES = [
	{ family: "Waymark Sans", weight: "400", file: "DejaVuSans.ttf" },
	{ family: "Waymark Sans", weight: "700", file: "DejaVuSans-Bold.ttf" },
	{ family: "Waymark Mono", weight: "400", file: "DejaVuSansMono.ttf" },
	{ family: "Waymark Mono", weight: "700", file: "DejaVuSansMono-Bold.ttf" },
] as const;
const FOLDER = new URL("../../node_modules/dejavu-fonts-ttf/ttf/", import.meta.url);
const SERVED_AT = "/test-fonts/";

/** The gallery at one moment, in one browser, in one font. A picture of it is the same on every machine. */
export const test = galleryTest.extend<{ readonly sameEverywhere: undefined }>({
	frozen: [NOW, { scope: "worker" }],
	sameEverywhere: [
		async ({ page, browser }, use, info) => {
			const executable = findBrowser()?.executablePath ?? "";
			const isOurs = basename(dirname(executable)) === "waymark-chromium" && browser.version() === PINNED;
			info.skip(!isOurs, NOT_PINNED);
			await page.clock.setFixedTime(NOW);
			await page.route(`**${SERVED_AT}*`, (route) =>
				route.fulfill({
					body: readFileSync(new URL(basename(new URL(route.request().url()).pathname), FOLDER)),
					contentType: "font/ttf",
				}),
			);
			await page.addInitScript(useFonts, { faces: FACES, at: SERVED_AT });
			await use(undefined);
		},
		{ auto: true },
	],
});

function useFonts({ faces, at }: { readonly faces: typeof FACES; readonly at: string }): void {
	for (const { family, weight, file } of faces) {
		const face = new FontFace(family, `url(${at}${file})`, { weight, display: "block" });
		document.fonts.add(face);
		void face.load();
	}
	const sheet = new CSSStyleSheet();
	sheet.replaceSync(
		`:root { --font-sans: "Waymark Sans" !important; --font-mono: "Waymark Mono" !important; }
		.font-mono, code, kbd, pre, samp { font-family: "Waymark Mono" !important; }
		* { transition-duration: 0s !important; }`,
	);
	document.adoptedStyleSheets.push(sheet);
}

/** Families of the fonts in which the texts of the page were really drawn. */
export async function fontsUsed(page: Page): Promise<readonly string[]> {
	const session = await page.context().newCDPSession(page);
	await session.send("DOM.enable");
	await session.send("CSS.enable");
	const { root } = await session.send("DOM.getDocument", { depth: 0 });
	const { nodeIds } = await session.send("DOM.querySelectorAll", { nodeId: root.nodeId, selector: "body *" });
	const found = new Set<string>();
	for (const nodeId of nodeIds) {
		// What the page has taken away since is not in any picture.
		const { fonts } = await session.send("CSS.getPlatformFontsForNode", { nodeId }).catch(() => ({ fonts: [] }));
		for (const { familyName, isCustomFont } of fonts) found.add(isCustomFont ? familyName : `${familyName} (system)`);
	}
	await session.detach();
	return [...found].sort();
}

/** One picture in the light theme and one in the dark. In a small one few pixels may differ: it has few in all. */
export async function looksAsEver(
	page: Page,
	what: Page | Locator,
	name: string,
	options: { readonly maxDiffPixels?: number } = {},
): Promise<void> {
	for (const colorScheme of ["light", "dark"] as const) {
		await page.emulateMedia({ colorScheme });
		await page.evaluate(() => document.fonts.ready.then(() => undefined));
		await expect.soft(what).toHaveScreenshot(`${name}-${colorScheme}.png`, options);
	}
}

export { expect };
