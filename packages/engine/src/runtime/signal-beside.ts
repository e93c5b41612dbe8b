import type { Grant, SignalCommand, SignalResult } from "../backend/commands.ts";
import type { PersistentBackend } from "../backend/contract.ts";
import { signalRef } from "../core/value-ref.ts";
import type { Vicinity } from "./vicinity.ts";

/** A worker beside it that can run the wait that the signal ends owns it from that commit, with the payload at hand. */
export async function signalBeside(
	vicinity: Vicinity,
	backend: PersistentBackend,
	command: SignalCommand,
): Promise<SignalResult> {
	const reservation = vicinity.offer();
	let grants: readonly Grant[] | null = null;
	try {
		const result = await backend.sendSignal({ ...command, grantTo: reservation?.grantTo ?? null });
		grants = result.kind === "stored" ? result.grants : [];
		return result;
	} finally {
		reservation?.take(grants, new Map([[signalRef(command.signalId), command.payload]]));
	}
}
