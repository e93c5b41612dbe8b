import type { OpenNodeRecord, WorkflowSnapshot } from "@waymark/engine/backend";
import { isTerminal } from "@waymark/engine/graph";
import type { InstanceWorkers, Lack, SeenWorker } from "../../server/wire.ts";
import { isAbout, type Service, UNKNOWN_SERVICE } from "./service-words.ts";

/** What keeps an instance from going on that is not in its own rows: its workers. */
export type ServiceNews =
	/** A worker fell silent with these nodes in its hands. */
	| { readonly kind: "lost"; readonly paths: readonly string[]; readonly service: Service & { silent: SeenWorker } }
	/** No worker is alive at all. `paths`: what is due already. */
	| { readonly kind: "nobody"; readonly paths: readonly string[] }
	/** No live worker can run it. `paths`: what is due already; none: it will be. */
	| { readonly kind: "unserved"; readonly lack: Lack; readonly paths: readonly string[] };

/** Worst first. Nothing while a request waits to take effect: that has a banner of its own. */
export function serviceNews({ instance, openNodes }: WorkflowSnapshot, seen: InstanceWorkers): readonly ServiceNews[] {
	if (isTerminal(instance.status) || instance.control !== "none") return [];
	const lost = seen.workers
		.filter(({ isSilent }) => isSilent)
		.flatMap((silent): ServiceNews[] => {
			const held = openNodes.filter(({ owner }) => owner === silent.workerId);
			const [first] = held;
			if (first === undefined) return [];
			const service = { silent, lack: lackAt(first, seen), alive: seen.alive };
			return [{ kind: "lost", paths: held.map(({ path }) => path), service }];
		});
	// While paused nothing is to be taken by anybody.
	if (instance.status === "paused") return lost;
	const free = openNodes.filter(({ owner, state }) => owner === null && state !== "joining");
	const due = (nodes: readonly OpenNodeRecord[]) =>
		nodes.filter((node) => isDue(node, seen.now)).map(({ path }) => path);
	if (seen.alive === 0) {
		return lost.length > 0 || free.length === 0 ? lost : [{ kind: "nobody", paths: due(free) }];
	}
	const unserved = seen.lacks.flatMap((lack): ServiceNews[] => {
		const nodes = free.filter(({ tags }) => isAbout(lack, tags));
		return nodes.length === 0 ? [] : [{ kind: "unserved", lack, paths: due(nodes) }];
	});
	return [...lost, ...unserved.sort((a, b) => b.paths.length - a.paths.length)];
}

function isDue({ state, dueAt }: OpenNodeRecord, now: number): boolean {
	return state === "ready" || (dueAt !== null && dueAt <= now);
}

function lackAt({ tags }: OpenNodeRecord, { lacks }: InstanceWorkers): Lack | null {
	return lacks.find((lack) => isAbout(lack, tags)) ?? null;
}

/** The same for one node, by its path in the run. */
export function serviceOf(path: string, { openNodes }: WorkflowSnapshot, seen: InstanceWorkers | null): Service {
	const node = openNodes.find((one) => one.path === path);
	if (node === undefined || seen === null) return UNKNOWN_SERVICE;
	const silent = seen.workers.find(({ workerId, isSilent }) => isSilent && workerId === node.owner) ?? null;
	return { silent, lack: lackAt(node, seen), alive: seen.alive };
}
