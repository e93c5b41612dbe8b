import type { OpenSpec } from "../core/interpreter/open-spec.ts";
import { INPUT_REF } from "../core/value-ref.ts";
import type { Executor } from "./executor.ts";
import type { LeaseHolder } from "./lease-holder.ts";
import type { Reservation } from "./vicinity.ts";

interface WorkerPorts {
	readonly executor: Executor;
	readonly lease: LeaseHolder;
	readonly tags: readonly string[];
}

/** Slots for the first nodes of an instance that is about to be created; null: none is free, or a tag is not served. */
export function reserveBeside(
	{ executor, lease, tags }: WorkerPorts,
	open: readonly OpenSpec[],
	onNothingGranted: () => void,
): Reservation | null {
	const ready = open.filter(({ state }) => state === "ready");
	const isServed = ready.every((spec) => spec.tags.every((tag) => tags.includes(tag)));
	const slots = isServed && lease.isValid ? executor.reserve(ready.length) : 0;
	if (slots === 0) return null;
	void lease.freshen();
	const owner = lease.workerId;
	return {
		grantTo: { owner, slots },
		take(grants, input) {
			if (grants.length === 0) onNothingGranted();
			executor.giveBack(slots - grants.length);
			executor.launch(grants, owner, new Map([[INPUT_REF, input]]));
		},
	};
}
