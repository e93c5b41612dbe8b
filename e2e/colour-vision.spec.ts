import type { CDPSession, Page } from "@playwright/test";
import { expect, test } from "./stand/gallery-test.ts";

test.use({ scenarios: ["running"], viewport: { width: 900, height: 600 } });

const LOOKS = [
	...["failed", "retrying", "running", "awaiting-signal", "waiting", "paused"],
	...["pending", "completed", "cancelled", "skipped", "unknown"],
] as const;

/** Where marks stand for a state without a word beside them, in CSS pixels. */
const MARKS = [
	{ name: "the stripe of a card", width: 4, height: 56 },
	{ name: "the mark of the legend", width: 6, height: 16 },
	{ name: "the stripe of a row", width: 4, height: 28 },
	{ name: "a segment of a bar", width: 24, height: 6 },
] as const;

/** Room around a mark, so that a solid one has something to differ from. */
const MARGIN = 2;
/** Of the pixels of a mark so many must differ, each by that share of the mark's own contrast. */
const LEAST_SHARE = 0.12;
const LEAST_STEP = 0.25;

type Grey = readonly number[];

/** The marks alone, drawn by the page's own rules. */
async function layOut(page: Page, { width, height }: { readonly width: number; readonly height: number }) {
	await page.evaluate(
		({ looks, width, height, margin }) => {
			document.querySelector("#marks")?.remove();
			const matrix = document.createElement("div");
			matrix.id = "marks";
			matrix.style.cssText =
				"position:fixed;inset:0;z-index:9999;background:var(--page);display:flex;gap:8px;padding:8px";
			for (const look of looks) {
				const frame = document.createElement("span");
				frame.dataset.frame = look;
				frame.style.cssText = `padding:${margin}px;display:block;width:${width + 2 * margin}px;height:${height + 2 * margin}px`;
				const mark = document.createElement("span");
				mark.className = `status-pattern-${look}`;
				mark.style.cssText = `display:block;width:${width}px;height:${height}px`;
				frame.append(mark);
				matrix.append(frame);
			}
			document.body.append(matrix);
		},
		{ looks: LOOKS, width, height, margin: MARGIN },
	);
}

/** The marks as shapes: grey, from each one's darkest to its lightest. A look whose colours are all gone is still there. */
async function shapes(page: Page, session: CDPSession): Promise<ReadonlyMap<string, Grey>> {
	const boxes = await page.locator("[data-frame]").evaluateAll((frames) =>
		frames.map((frame) => {
			const { x, y, width, height } = frame.getBoundingClientRect();
			return { look: (frame as HTMLElement).dataset.frame ?? "", x, y, width, height };
		}),
	);
	const width = Math.max(...boxes.map((box) => box.x + box.width));
	const height = Math.max(...boxes.map((box) => box.y + box.height));
	const clip = { x: 0, y: 0, width, height, scale: 1 };
	const { data } = await session.send("Page.captureScreenshot", { clip });
	const found = await page.evaluate(
		async ({ base64, boxes }) => {
			const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
			const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
			const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
			if (context === null) throw new Error("no canvas");
			context.drawImage(image, 0, 0);
			return boxes.map(({ look, x, y, width, height }) => {
				const { data } = context.getImageData(x, y, width, height);
				const grey = Array.from({ length: data.length / 4 }, (_, at) => {
					const [red = 0, green = 0, blue = 0] = data.slice(at * 4, at * 4 + 3);
					return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
				});
				const [low, high] = [Math.min(...grey), Math.max(...grey)];
				return [look, grey.map((value) => (high === low ? 0 : (value - low) / (high - low)))] as const;
			});
		},
		{ base64: data, boxes },
	);
	return new Map(found);
}

/** Looks of which nothing is to be seen. The first pixel is the page's. */
function empty(marks: ReadonlyMap<string, Grey>, pixels: number): readonly string[] {
	return LOOKS.filter((look) => {
		const grey = marks.get(look) ?? [];
		const inked = grey.filter((value) => Math.abs(value - (grey[0] ?? 0)) >= LEAST_STEP).length;
		return inked / pixels < LEAST_SHARE;
	});
}

/** Pairs that look alike, with the share of pixels in which they differ. */
function alike(marks: ReadonlyMap<string, Grey>, pixels: number): readonly string[] {
	return LOOKS.flatMap((a, at) =>
		LOOKS.slice(at + 1).flatMap((b) => {
			const [one, other] = [marks.get(a) ?? [], marks.get(b) ?? []];
			const share = one.filter((value, i) => Math.abs(value - (other[i] ?? 0)) >= LEAST_STEP).length / pixels;
			return share < LEAST_SHARE ? [`${a} and ${b}: ${(share * 100).toFixed(0)} %`] : [];
		}),
	);
}

const SIGHTS = ["none", "deuteranopia", "protanopia", "tritanopia", "achromatopsia"] as const;

for (const colorScheme of ["light", "dark"] as const) {
	test(`every two states differ in shape alone, whatever of the colours one sees, in the ${colorScheme} theme`, async ({
		page,
	}) => {
		await page.emulateMedia({ colorScheme });
		await page.goto("/settings");
		const session = await page.context().newCDPSession(page);
		for (const mark of MARKS) {
			await layOut(page, mark);
			for (const type of SIGHTS) {
				await session.send("Emulation.setEmulatedVisionDeficiency", { type });
				const seen = await shapes(page, session);
				const pixels = mark.width * mark.height;
				expect.soft(empty(seen, pixels), `${mark.name}, ${type}`).toEqual([]);
				expect.soft(alike(seen, pixels), `${mark.name}, ${type}`).toEqual([]);
			}
		}
	});
}

test("every two states differ in shape in the system's own colours", async ({ page }) => {
	await page.emulateMedia({ forcedColors: "active" });
	await page.goto("/settings");
	const session = await page.context().newCDPSession(page);
	for (const mark of MARKS) {
		await layOut(page, mark);
		const seen = await shapes(page, session);
		expect.soft(empty(seen, mark.width * mark.height), mark.name).toEqual([]);
		expect.soft(alike(seen, mark.width * mark.height), mark.name).toEqual([]);
	}
});
