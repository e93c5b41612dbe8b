import type { Dialect } from "../sql.ts";

/** Lists travel as one JSON parameter here too, so that both databases are given the same values. */
export const postgresDialect: Dialect = {
	// An array, not a subquery: the planner can then look each one up in an index.
	memberOf: (column) => `${column} = ANY(ARRAY(SELECT jsonb_array_elements_text(?::jsonb)))`,
	subsetOf: (column) => `${column}::jsonb <@ ?::jsonb`,
	eachOf: (named) => `jsonb_array_elements_text(?::jsonb) AS ${named}(value)`,
	positionIn: "STRPOS",
	// What other letters become would depend on the locale.
	lowered: (text) => `LOWER((${text}) COLLATE "C")`,
	// Statistics are kept by the server itself.
	indexedBy: () => "",
	// IS NULL does not count as an equality here: the order must name the column for the index to be walked.
	queued: "n.owner, ",
	rowLocks: {
		wait: " FOR UPDATE",
		skip: (...tables) => ` FOR UPDATE OF ${tables.join(", ")} SKIP LOCKED`,
	},
};
