import pg from "pg";
import { describe, expect, it } from "vitest";
import { PostgresServer } from "../testing/postgres-server.ts";
import { type Columns, PARTS, ROW_TYPES, type RowTypes, rowType } from "./flush-parts.ts";
import { type ColumnType, RowArray, type Value } from "./row-arrays.ts";

const server = await PostgresServer.start("fast");

const SQL_TYPES = { text: "text", int: "integer", bigint: "bigint", bytea: "bytea" } as const;

/** What the server makes of rows of these columns. */
async function readBack(columns: readonly ColumnType[], rows: readonly (readonly Value[])[]): Promise<unknown[][]> {
	const client = new pg.Client(server.url);
	await client.connect();
	try {
		const attributes = columns.map((type, i) => `c${i} ${SQL_TYPES[type]}`).join(", ");
		await client.query(`CREATE TYPE pg_temp.one_row AS (${attributes})`);
		const [type] = (await client.query<{ oid: number }>("SELECT 'pg_temp.one_row'::regtype::oid AS oid")).rows;
		const array = new RowArray(columns);
		for (const row of rows) array.add(...row);
		const text = "SELECT r.* FROM unnest($1::pg_temp.one_row[]) r";
		return (await client.query({ text, values: [array.bytes(Number(type?.oid))], rowMode: "array" })).rows;
	} finally {
		await client.end();
	}
}

describe("an array of rows in PostgreSQL's binary form", () => {
	it("carries any text, and null beside it", async () => {
		const texts = ["", "a", null, `{"quoted", 'both', (\\ways\\)}`, "größer ✓ 😀", "NULL", "x".repeat(100_000)];
		expect(
			await readBack(
				["text"],
				texts.map((text) => [text]),
			),
		).toEqual(texts.map((text) => [text]));
	});

	it("carries whole numbers of both widths, to their ends", async () => {
		const ints = [0, 1, -1, 2 ** 31 - 1, -(2 ** 31), null];
		const bigints = [0, 2 ** 32, -(2 ** 32) - 1, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, null];
		const rows = ints.map((int, i) => [int, bigints[i] ?? null]);
		expect(await readBack(["int", "bigint"], rows)).toEqual(
			rows.map(([int, bigint]) => [int, bigint === null ? null : String(bigint)]),
		);
	});

	it("carries bytes as they are", async () => {
		const bytes = [new Uint8Array(), Uint8Array.of(0, 255, 92, 34), null];
		const read = (await readBack(
			["bytea", "text"],
			bytes.map((one) => [one, "beside"]),
		)) as [Buffer | null, string][];
		expect(read.map(([found, beside]) => [found && [...found], beside])).toEqual(
			[[], [0, 255, 92, 34], null].map((found) => [found, "beside"]),
		);
	});

	it("grows with its rows, and may have none", async () => {
		const many = Array.from({ length: 3_000 }, (_, i) => [`row ${i}`, i]);
		expect(await readBack(["text", "int"], many)).toEqual(many);
		expect(await readBack(["text", "int"], [])).toEqual([]);
	});
});

describe("the row types of a flush", () => {
	it("are what the migrations made", async () => {
		const url = await server.createDatabase();
		const [types] = await server.sql<RowTypes & pg.QueryResultRow>(ROW_TYPES, url);
		for (const [part, columns] of Object.entries(PARTS) as [keyof typeof PARTS, Columns][]) {
			const made = await server.sql<{ name: string; type: string }>(
				`SELECT attname AS name, format_type(atttypid, NULL) AS type FROM pg_attribute
				WHERE attrelid = '${rowType(part)}'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
				url,
			);
			expect(made).toEqual(Object.entries(columns).map(([name, type]) => ({ name, type: SQL_TYPES[type] })));
			expect(Number(types?.[part])).toBeGreaterThan(0);
		}
	});
});
