/**
 * Node paths. A node's path is where it lives in one run: `fulfil/payment/charge`, `poll[3]/check`.
 * Its definition path is the same without iterations: `poll/check`. Ids, branch names and case keys are
 * `[A-Za-z0-9_-]+`, so that `/`, `.`, `[` and `]` can never be ambiguous.
 *
 *   task, delay, signal   <scope>/<id>
 *   fork                  <scope>/<id>, its branches <scope>/<id>/<branch>/…, its join <scope>/<join id>
 *   route                 <scope>/<id>, the recorded key at <scope>/<id>.key, its cases <scope>/<id>/<key>/…
 *   loop                  <scope>/<id>, iteration k at <scope>/<id>[k]/…
 *   child                 <scope>/<id>/…
 */
export const NODE_ID = /^[A-Za-z0-9_-]+$/;

const ITERATION = /\[\d+\]/g;
const KEY_SUFFIX = ".key";

/** A prefix is a scope's own path with its trailing slash, or "" for the root scope. */
export function childPath(prefix: string, id: string): string {
	return prefix + id;
}

export function keyPath(routePath: string): string {
	return routePath + KEY_SUFFIX;
}

export function isKeyPath(path: string): boolean {
	return path.endsWith(KEY_SUFFIX);
}

export function branchPrefix(forkPath: string, branch: string): string {
	return `${forkPath}/${branch}/`;
}

export function casePrefix(routePath: string, key: string): string {
	return `${routePath}/${key}/`;
}

export function iterationPrefix(loopPath: string, iteration: number): string {
	return `${loopPath}[${iteration}]/`;
}

export function childPrefix(path: string): string {
	return `${path}/`;
}

export function definitionPath(path: string): string {
	return path.includes("[") ? path.replace(ITERATION, "") : path;
}
