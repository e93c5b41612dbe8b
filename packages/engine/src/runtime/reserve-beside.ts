import type { GrantTo, GrantWithin } from "../backend/commands.ts";
import type { OpenSpec } from "../core/interpreter/open-spec.ts";
import type { Executor } from "./executor.ts";
import type { LeaseHolder } from "./lease-holder.ts";
import type { Reservation } from "./vicinity.ts";

interface WorkerPorts {
	readonly executor: Executor;
	readonly lease: LeaseHolder;
	readonly tags: readonly string[];
	/** Leases may have been granted that nobody here knows of. */
	onDoubt(): void;
	/** A slot that was set aside came free again. */
	onFree(): void;
}

/** Slots for the first nodes of an instance that is about to be created; null: none is free, or a tag is not served. */
export function reserveBeside(ports: WorkerPorts, open: readonly OpenSpec[]): Reservation | null {
	const ready = open.filter(({ state }) => state === "ready");
	const isServed = ready.every((spec) => spec.tags.every((tag) => ports.tags.includes(tag)));
	return isServed ? reserve(ports, ready.length, (grantTo) => grantTo) : null;
}

/** A slot for a wait that is about to be readied; null: none is free. */
export function offerBeside(ports: WorkerPorts, definitions: readonly string[]): Reservation<GrantWithin> | null {
	return reserve(ports, 1, (grantTo) => ({ ...grantTo, definitions, tags: ports.tags }));
}

function reserve<To extends GrantTo>(
	{ executor, lease, onDoubt, onFree }: WorkerPorts,
	wanted: number,
	to: (grantTo: GrantTo) => To,
): Reservation<To> | null {
	const slots = lease.isValid ? executor.reserve(wanted) : 0;
	if (slots === 0) return null;
	void lease.freshen();
	const owner = lease.workerId;
	return {
		grantTo: to({ owner, slots }),
		take(grants, carried) {
			if (grants === null) onDoubt();
			const taken = grants ?? [];
			executor.giveBack(slots - taken.length);
			executor.launch(taken, owner, carried);
			if (taken.length < slots) onFree();
		},
	};
}
