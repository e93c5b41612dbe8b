import type { ControlCommand, ControlResult } from "../../backend/commands.ts";
import type { ControlFacet, InstanceFacet, LeaseFacet, PersistentBackend } from "../../backend/contract.ts";
import type { ControlKind } from "../../backend/rows.ts";
import { InvalidArgumentError } from "../../core/errors.ts";
import type { Network, UnstampedEvent } from "./network.ts";
import type { SimulatedProcess } from "./simulated-process.ts";

type Commands = InstanceFacet & Omit<LeaseFacet, "held"> & ControlFacet;
type Own = Commands & Pick<PersistentBackend, "name" | "onHint" | "close">;

/** The database as one process sees it: behind a network that delays, fails, and loses answers. */
export function simulatedBackend(
	inner: PersistentBackend,
	network: Network,
	process: SimulatedProcess,
): PersistentBackend {
	const own: Own = {
		name: "simulated",
		...commandsOf(inner, network, process),
		onHint: (listener) => network.listen(process, listener),
		close: () => Promise.resolve(),
	};
	// Everything else only reads: it goes the same way, and leaves no trace in the list of commits.
	return new Proxy(inner, {
		get(target, name) {
			if (name in own) return own[name as keyof Own];
			const read: unknown = Reflect.get(target, name, target);
			if (typeof read !== "function") return read;
			return (...args: unknown[]) => network.call(process, () => read.apply(target, args));
		},
	});
}

function commandsOf(inner: PersistentBackend, network: Network, process: SimulatedProcess): Commands {
	const write = <T>(commit: () => Promise<T>, eventOf: (result: T) => UnstampedEvent): Promise<T> =>
		network.call(process, async () => {
			let result: T;
			try {
				result = await commit();
			} catch (error) {
				// The engine never sends what the backend must refuse as malformed.
				if (InvalidArgumentError.is(error)) network.refused(process, error);
				throw error;
			}
			network.committed(process, eventOf(result));
			return result;
		});
	const control = (kind: ControlKind, command: ControlCommand, commit: () => Promise<ControlResult>) =>
		write(commit, (result) => ({ call: "control", kind, command, result }));
	return {
		create: (command) =>
			write(
				() => inner.create(command),
				(result) => ({ call: "create", command, result }),
			),
		settle: (command) =>
			write(
				() => inner.settle(command),
				(result) => ({ call: "settle", command, result }),
			),
		claim: (command) =>
			write(
				() => inner.claim(command),
				(result) => ({ call: "claim", command, result }),
			),
		registerWorker: (command) =>
			write(
				() => inner.registerWorker(command),
				() => ({ call: "registerWorker", command }),
			),
		heartbeat: (workerId, leaseMs) =>
			write(
				() => inner.heartbeat(workerId, leaseMs),
				(result) => ({ call: "heartbeat", workerId, leaseMs, ...result }),
			),
		retireWorker: (workerId) =>
			write(
				() => inner.retireWorker(workerId),
				() => ({ call: "retireWorker", workerId }),
			),
		reap: () =>
			write(
				() => inner.reap(),
				(moved) => ({ call: "reap", moved }),
			),
		sendSignal: (command) =>
			write(
				() => inner.sendSignal(command),
				(result) => ({ call: "sendSignal", command, result }),
			),
		pause: (command) => control("pause", command, () => inner.pause(command)),
		unpause: (command) => control("unpause", command, () => inner.unpause(command)),
		cancel: (command) => control("cancel", command, () => inner.cancel(command)),
		retry: (command) => control("retry", command, () => inner.retry(command)),
		delete: (command) =>
			write(
				() => inner.delete(command),
				(result) => ({ call: "delete", command, result }),
			),
	};
}
