import { isTerminal, type SignalCommand, type SignalResult } from "@waymark/engine/backend";
import type { CommitContext } from "./commit-context.ts";
import type { InstanceHead } from "./instance-row.ts";
import { showReady } from "./instance-status.ts";
import { oldestWait, readyWait } from "./reservations.ts";

interface StoredSignal {
	readonly signal_id: string;
	readonly name: string;
	readonly reserved_for: string | null;
	readonly codec: string;
	readonly bytes: Uint8Array;
}

const STORED = "SELECT signal_id, name, reserved_for, codec, bytes FROM signal";

export async function sendSignal(ctx: CommitContext, command: SignalCommand): Promise<SignalResult> {
	const again = await ctx.sql.get<StoredSignal>(`${STORED} WHERE signal_id = ?`, command.signalId);
	if (again !== undefined) return stored(again.signal_id, again.reserved_for, false);
	const row = await ctx.newest(command.instanceId);
	if (row === null) return { kind: "not_found" };
	const twin = await sameKey(ctx, row, command.idempotencyKey);
	if (twin !== undefined) {
		return samePayload(twin, command) ? stored(twin.signal_id, twin.reserved_for, true) : { kind: "key_conflict" };
	}
	if (isTerminal(row.status)) return { kind: "finished", instance: await ctx.record(row) };
	const reservedFor = await oldestWait(ctx, row.run_id, command.name);
	await insertSignal(ctx, row, command, reservedFor);
	if (reservedFor !== null) {
		await readyWait(ctx, row, reservedFor, command.signalId);
		showReady(ctx, row);
	}
	return stored(command.signalId, reservedFor, false);
}

function stored(signalId: string, reservedFor: string | null, duplicate: boolean): SignalResult {
	return { kind: "stored", signalId, reservedFor, duplicate };
}

async function sameKey(ctx: CommitContext, row: InstanceHead, key: string | null): Promise<StoredSignal | undefined> {
	if (key === null) return undefined;
	return ctx.sql.get<StoredSignal>(`${STORED} WHERE run_id = ? AND idempotency_key = ?`, row.run_id, key);
}

function samePayload(twin: StoredSignal, { name, payload }: SignalCommand): boolean {
	return (
		twin.name === name && twin.codec === payload.codec && Buffer.compare(twin.bytes, Buffer.from(payload.bytes)) === 0
	);
}

async function insertSignal(
	ctx: CommitContext,
	row: InstanceHead,
	command: SignalCommand,
	reservedFor: string | null,
): Promise<void> {
	await ctx.sql.run(
		`INSERT INTO signal (signal_id, run_id, name, ordinal, sent_by, received_at, reserved_for, idempotency_key, version,
			codec, bytes)
		VALUES (?, ?, ?, (SELECT COALESCE(MAX(ordinal), 0) + 1 FROM signal WHERE run_id = ? AND name = ?), ?, ?, ?, ?, ?,
			?, ?)`,
		command.signalId,
		row.run_id,
		command.name,
		row.run_id,
		command.name,
		command.by,
		ctx.now,
		reservedFor,
		command.idempotencyKey,
		ctx.touch(row),
		command.payload.codec,
		command.payload.bytes,
	);
}
