import pg from "pg";
import { describe, expect, it } from "vitest";
import { PostgresServer } from "../testing/postgres-server.ts";
import { binaryArray, type Element, type ElementType } from "./binary-arrays.ts";

const server = await PostgresServer.start("fast");

const SQL_TYPES = { text: "text", int: "int", bigint: "bigint", bytea: "bytea" } as const;

/** What the server makes of it, element by element. */
async function readBack(type: ElementType, elements: readonly Element[]): Promise<unknown[]> {
	const client = new pg.Client(server.url);
	await client.connect();
	try {
		const text = `SELECT e FROM unnest($1::${SQL_TYPES[type]}[]) WITH ORDINALITY AS u(e, i) ORDER BY i`;
		return (await client.query<{ e: unknown }>(text, [binaryArray(type, elements)])).rows.map(({ e }) => e);
	} finally {
		await client.end();
	}
}

describe("an array in PostgreSQL's binary form", () => {
	it("carries any text, and null beside it", async () => {
		const texts = ["", "a", null, `{"quoted", 'both', \\ways\\}`, "größer ✓ 😀", "NULL", "x".repeat(100_000)];
		expect(await readBack("text", texts)).toEqual(texts);
	});

	it("carries whole numbers of both widths, to their ends", async () => {
		const ints = [0, 1, -1, 2 ** 31 - 1, -(2 ** 31), null];
		expect(await readBack("int", ints)).toEqual(ints);
		const bigints = [0, 1, -1, 2 ** 32, -(2 ** 32) - 1, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, null];
		expect(await readBack("bigint", bigints)).toEqual(bigints.map((n) => (n === null ? null : String(n))));
	});

	it("carries bytes as they are", async () => {
		const bytes = [new Uint8Array(), Uint8Array.of(0, 255, 92, 34), null];
		const read = (await readBack("bytea", bytes)) as (Buffer | null)[];
		expect(read.map((found) => found && [...found])).toEqual([[], [0, 255, 92, 34], null]);
	});

	it("may be empty", async () => {
		expect(await readBack("text", [])).toEqual([]);
		expect(await readBack("bytea", [])).toEqual([]);
	});
});
