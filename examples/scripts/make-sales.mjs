import { writeFileSync } from "node:fs";

/**
 * Writes data/sales.csv, the same bytes every time: 2,000 sales of a year, with the quoted fields and the broken lines
 * that real exports have. Run it only to change the data: `node examples/scripts/make-sales.mjs`.
 */
const ROWS = 2_000;
const REGIONS = ["North", "South", "East", "West"];
const PRODUCTS = [
	["Lamp", 2450],
	["Chair", 8900],
	["Desk, oak, 120 cm", 32900],
	['Shelf "Tall"', 12900],
	["Vase", 1995],
];

/** Small seeded generator (mulberry32), so that the file does not depend on the machine. */
function random(seed) {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	};
}

const next = random(20_260_101);
const pick = (list) => list[Math.floor(next() * list.length)];
const quoted = (text) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const lines = ["sale_id,date,region,product,units,unit_price_cents"];
for (let row = 1; row <= ROWS; row += 1) {
	const [product, price] = pick(PRODUCTS);
	const day = new Date(Date.UTC(2026, 0, 1 + Math.floor(((row - 1) * 365) / ROWS))).toISOString().slice(0, 10);
	const units = row % 251 === 0 ? "many" : String(1 + Math.floor(next() * 9));
	lines.push(`S${String(row).padStart(5, "0")},${day},${pick(REGIONS)},${quoted(product)},${units},${price}`);
}
writeFileSync(new URL("../data/sales.csv", import.meta.url), `${lines.join("\n")}\n`);
