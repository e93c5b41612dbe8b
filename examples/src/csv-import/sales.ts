import { fieldsOf } from "./csv-line.ts";

export const HEADER = "sale_id,date,region,product,units,unit_price_cents";

export interface Totals {
	readonly rows: number;
	readonly units: number;
	/** In cents. */
	readonly revenue: number;
	/** Revenue in cents by region. */
	readonly byRegion: Readonly<Record<string, number>>;
	/** Lines that could not be read, with why; at most `REJECTED_KEPT` are kept. */
	readonly rejected: readonly string[];
	readonly rejectedCount: number;
}

export const NOTHING: Totals = { rows: 0, units: 0, revenue: 0, byRegion: {}, rejected: [], rejectedCount: 0 };

const REJECTED_KEPT = 20;

/** The totals with these lines added; lines that are no sale are counted as rejected. */
export function addLines(totals: Totals, lines: readonly string[]): Totals {
	let { rows, units, revenue, rejectedCount } = totals;
	const byRegion: Record<string, number> = { ...totals.byRegion };
	const rejected = [...totals.rejected];
	for (const line of lines) {
		const [id = "", , region = "", , unitsText = "", priceText = ""] = fieldsOf(line);
		const count = Number(unitsText);
		const price = Number(priceText);
		if (!Number.isInteger(count) || !Number.isInteger(price) || region === "") {
			rejectedCount += 1;
			if (rejected.length < REJECTED_KEPT) rejected.push(`${id}: "${unitsText}" units at "${priceText}"`);
			continue;
		}
		rows += 1;
		units += count;
		revenue += count * price;
		byRegion[region] = (byRegion[region] ?? 0) + count * price;
	}
	return { rows, units, revenue, byRegion, rejected, rejectedCount };
}

/** The report as people read it. */
export function markdownReport(title: string, totals: Totals): string {
	const money = (cents: number) => (cents / 100).toFixed(2);
	const regions = Object.entries(totals.byRegion).sort(([a], [b]) => a.localeCompare(b));
	return [
		`# ${title}`,
		"",
		`${totals.rows} sales, ${totals.units} units, revenue ${money(totals.revenue)}.`,
		"",
		"| Region | Revenue |",
		"|---|---:|",
		...regions.map(([region, cents]) => `| ${region} | ${money(cents)} |`),
		"",
		`${totals.rejectedCount} lines were rejected${totals.rejectedCount === 0 ? "." : ":"}`,
		...totals.rejected.map((line) => `- ${line}`),
		"",
	].join("\n");
}
