import type { GrantTo } from "../backend/commands.ts";
import type { Executor } from "./executor.ts";
import type { LeaseHolder } from "./lease-holder.ts";
import type { Registry } from "./registry.ts";
import type { Reservation, Taker } from "./vicinity.ts";

interface WorkerPorts {
	readonly executor: Executor;
	readonly lease: LeaseHolder;
	readonly registry: Registry;
	readonly tags: readonly string[];
	/** Whether it runs, and nothing waits for its slots. */
	takesOn(): boolean;
	/** Leases may have been granted that nobody here knows of. */
	onDoubt(): void;
	/** A slot that was set aside came free again. */
	onFree(): void;
	/** Something can be claimed in so many ms; 0: now. */
	onDue(inMs: number): void;
}

/** What a worker is to those beside it. */
export function takerOf(ports: WorkerPorts): Taker {
	const { registry, tags } = ports;
	return {
		reserve(definitionHash, open) {
			if (registry.byHash(definitionHash) === null) return null;
			const ready = open.filter(({ state }) => state === "ready");
			const isServed = ready.every((spec) => spec.tags.every((tag) => tags.includes(tag)));
			return isServed ? reserve(ports, ready.length, (grantTo) => grantTo) : null;
		},
		offer: () => reserve(ports, 1, (grantTo) => ({ ...grantTo, definitions: registry.hashes, tags })),
		due: (inMs) => ports.onDue(inMs),
	};
}

/** Sets free slots aside for what is about to be granted; null: there are none. */
function reserve<To extends GrantTo>(
	{ executor, lease, takesOn, onDoubt, onFree }: WorkerPorts,
	wanted: number,
	to: (grantTo: GrantTo) => To,
): Reservation<To> | null {
	const slots = takesOn() && lease.isValid ? executor.reserve(wanted) : 0;
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
