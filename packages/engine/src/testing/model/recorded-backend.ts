import type { ControlCommand, ControlResult, RetryNowCommand } from "../../backend/commands.ts";
import type { ControlFacet, InstanceFacet, LeaseFacet, PersistentBackend } from "../../backend/contract.ts";
import type { ControlKind } from "../../backend/rows.ts";
import { InvalidArgumentError } from "../../core/errors.ts";
import type { UnstampedEvent } from "./commit-event.ts";

type Commands = InstanceFacet & Omit<LeaseFacet, "held"> & ControlFacet;
type Own = Commands & Pick<PersistentBackend, "name" | "onHint" | "close">;

/** How the calls of one process reach a backend, and who hears what they committed. */
export interface Via extends Pick<PersistentBackend, "onHint"> {
	call<T>(action: () => Promise<T>): Promise<T>;
	committed(event: UnstampedEvent): void;
	/** The backend called a command malformed: the engine never sends such. */
	refused(error: unknown): void;
}

/** A backend as one process sees it; whatever it commits is noted. */
export function recordedBackend(inner: PersistentBackend, via: Via): PersistentBackend {
	const own: Own = {
		name: inner.name,
		...commandsOf(inner, via),
		onHint: (listener) => via.onHint(listener),
		close: () => Promise.resolve(),
	};
	// Everything else only reads: it goes the same way, and leaves no trace in the list of commits.
	return new Proxy(inner, {
		get(target, name) {
			if (name in own) return own[name as keyof Own];
			const read: unknown = Reflect.get(target, name, target);
			if (typeof read !== "function") return read;
			return (...args: unknown[]) => via.call(() => read.apply(target, args));
		},
	});
}

function commandsOf(inner: PersistentBackend, via: Via): Commands {
	const write = <T>(commit: () => Promise<T>, eventOf: (result: T) => UnstampedEvent): Promise<T> =>
		via.call(async () => {
			let result: T;
			try {
				result = await commit();
			} catch (error) {
				// The engine never sends what the backend must refuse as malformed.
				if (InvalidArgumentError.is(error)) via.refused(error);
				throw error;
			}
			via.committed(eventOf(result));
			return result;
		});
	const control = (
		kind: ControlKind,
		command: ControlCommand | RetryNowCommand,
		commit: () => Promise<ControlResult>,
	) => write(commit, (result) => ({ call: "control", kind, command, result }));
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
		retryNow: (command) => control("retryNow", command, () => inner.retryNow(command)),
		reveal: (command) => control("reveal", command, () => inner.reveal(command)),
		delete: (command) =>
			write(
				() => inner.delete(command),
				(result) => ({ call: "delete", command, result }),
			),
	};
}
