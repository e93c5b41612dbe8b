import type { PersistentBackend } from "../../backend/contract.ts";
import { recordedBackend } from "../model/recorded-backend.ts";
import type { Network } from "./network.ts";
import type { SimulatedProcess } from "./simulated-process.ts";

/** The database as one process sees it: behind a network that delays, fails, and loses answers. */
export function simulatedBackend(
	inner: PersistentBackend,
	network: Network,
	process: SimulatedProcess,
): PersistentBackend {
	return recordedBackend(inner, {
		call: (action) => network.call(process, action),
		committed: (event) => network.committed(process, event),
		refused: (error) => network.refused(process, error),
		onHint: (listener) => network.listen(process, listener),
	});
}
