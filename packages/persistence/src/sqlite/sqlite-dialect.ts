import type { Dialect } from "../sql.ts";

/** Lists travel as one JSON parameter, so that a statement is the same for any length and stays prepared. */
export const sqliteDialect: Dialect = {
	memberOf: (column) => `${column} IN (SELECT value FROM json_each(?))`,
	subsetOf: (column) =>
		`NOT EXISTS (SELECT 1 FROM json_each(${column}) t WHERE t.value NOT IN (SELECT value FROM json_each(?)))`,
	eachOf: (named) => `json_each(?) ${named}`,
	queued: "",
	positionIn: "INSTR",
	lowered: (text) => `LOWER(${text})`,
	// Nobody runs ANALYZE on a file, so the planner cannot know which of two indexes is the small one.
	indexedBy: (index) => ` INDEXED BY ${index}`,
	// BEGIN IMMEDIATE holds the whole file.
	rowLocks: null,
};
