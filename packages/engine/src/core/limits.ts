/** Limits held at the API, the same on every backend. */
export const LIMITS = {
	instanceIdLength: 200,
	nameLength: 200,
	payloadBytes: 1024 * 1024,
	payloadDepth: 200,
	errorBytes: 64 * 1024,
	nodes: 10_000,
	nesting: 64,
	loopIterations: 100_000,
	reasonLength: 2_000,
	labels: 32,
	/** Characters of an input schema that is stored with a definition. */
	schemaLength: 64 * 1024,
} as const;

const INSTANCE_ID = /^[A-Za-z0-9._:@-]{1,200}$/;
const NAME = /^[A-Za-z0-9._:@/ -]{1,200}$/;

export function isInstanceId(id: unknown): id is string {
	return typeof id === "string" && INSTANCE_ID.test(id);
}

/** Names of workflows and signals. */
export function isName(name: unknown): name is string {
	return typeof name === "string" && NAME.test(name) && name.trim() === name;
}
