import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

const WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/**
 * What axe finds on the page, or in the part of it that the selector names. The legacy mode differs for frames alone, of
 * which there are none here; without it each look opens a page of its own, which takes as long as the look.
 */
export async function violationsOf(page: Page, part: string | null = null) {
	const builder = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ["violations"] });
	if (part !== null) builder.include(part);
	const { violations } = await builder.withTags(WCAG_22_AA).analyze();
	return violations;
}
