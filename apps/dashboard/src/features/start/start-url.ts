/** The form that starts an instance, with the input of another one to begin with. */
export function startPath(workflow: string, copyOf: string | null = null): string {
	const query = copyOf === null ? "" : `?copy=${encodeURIComponent(copyOf)}`;
	return `/workflows/${encodeURIComponent(workflow)}/start${query}`;
}
