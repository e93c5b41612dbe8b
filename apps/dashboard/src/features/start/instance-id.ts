/** `orders-20261124-9f3a01c2`: what it is, of which day, and enough chance to be nobody else's. */
export function newInstanceId(workflow: string, now: Date, random: Uint8Array): string {
	const day = now.toISOString().slice(0, 10).replaceAll("-", "");
	const chance = [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("");
	// A workflow's name may hold what an instance id may not.
	return `${workflow.replace(/[^A-Za-z0-9._:@-]+/g, "-").slice(0, 100)}-${day}-${chance}`;
}

const ID = /^[A-Za-z0-9._:@-]{1,200}$/;

/** What is wrong with an id, in words; null: nothing. */
export function idProblem(id: string): string | null {
	if (id === "") return "An instance needs an id.";
	if (id.length > 200) return "An id has at most 200 characters.";
	return ID.test(id) ? null : "An id is made of letters, digits and . _ : @ -";
}
