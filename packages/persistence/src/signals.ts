import { type Grant, isTerminal, type SignalCommand, type SignalResult } from "@waymark/engine/backend";
import type { CommitContext } from "./commit-context.ts";
import { grantable, isWithin, toGrant } from "./grants.ts";
import type { InstanceHead } from "./instance-row.ts";
import { showReady } from "./instance-status.ts";
import { OPEN_NODE_COLUMNS, type OpenNodeRow } from "./open-node-row.ts";
import { type OpenWait, oldestWait, readyWait } from "./reservations.ts";

interface StoredSignal {
	readonly signal_id: string;
	readonly run_id: string;
	readonly version: number;
	readonly name: string;
	readonly reserved_for: string | null;
	readonly codec: string;
	readonly bytes: Uint8Array;
}

const STORED = "SELECT signal_id, run_id, version, name, reserved_for, codec, bytes FROM signal";

export async function sendSignal(ctx: CommitContext, command: SignalCommand): Promise<SignalResult> {
	const again = await ctx.sql.get<StoredSignal>(`${STORED} WHERE signal_id = ?`, command.signalId);
	if (again !== undefined) {
		return stored(again.signal_id, again.reserved_for, false, await heldGrants(ctx, again, command));
	}
	const row = await ctx.newest(command.instanceId);
	if (row === null) return { kind: "not_found" };
	const twin = await sameKey(ctx, row, command.idempotencyKey);
	if (twin !== undefined) {
		return samePayload(twin, command) ? stored(twin.signal_id, twin.reserved_for, true) : { kind: "key_conflict" };
	}
	if (isTerminal(row.status)) return { kind: "finished", instance: await ctx.record(row) };
	const wait = await oldestWait(ctx, row.run_id, command.name);
	const owner = wait === null ? null : await ownerFor(ctx, row, wait, command);
	// Nothing of it is left for a claim to take.
	if (owner !== null) ctx.cause = "claim";
	await insertSignal(ctx, row, command, wait?.path ?? null);
	if (wait === null) return stored(command.signalId, null, false);
	await readyWait(ctx, row, wait.path, command.signalId, owner);
	if (owner !== null) row.started_at ??= ctx.now;
	showReady(ctx, row);
	const { signalId } = command;
	const granted = { ...wait, epoch: wait.epoch + 1, signal_id: signalId };
	return stored(signalId, wait.path, false, owner === null ? [] : [toGrant(row, granted, null)]);
}

/** Who is granted the wait; null: whoever claims it. */
async function ownerFor(
	ctx: CommitContext,
	row: InstanceHead,
	wait: OpenWait,
	{ grantTo }: SignalCommand,
): Promise<string | null> {
	if (grantTo === null || wait.owner !== null || !isWithin(row, wait.tags, grantTo)) return null;
	return (await grantable(ctx, row, grantTo)) > 0 ? grantTo.owner : null;
}

function stored(
	signalId: string,
	reservedFor: string | null,
	duplicate: boolean,
	grants: readonly Grant[] = [],
): SignalResult {
	return { kind: "stored", signalId, reservedFor, duplicate, grants };
}

/** The same signal again: the lease that its commit granted, if the row has not changed since. */
async function heldGrants(ctx: CommitContext, signal: StoredSignal, { grantTo }: SignalCommand): Promise<Grant[]> {
	if (grantTo === null || !(await ctx.isLive(grantTo.owner))) return [];
	const row = await ctx.instance(signal.run_id);
	if (row === null) return [];
	const held = await ctx.sql.all<OpenNodeRow>(
		`SELECT ${OPEN_NODE_COLUMNS} FROM open_node WHERE run_id = ? AND owner = ? AND signal_id = ? AND version = ?`,
		...[signal.run_id, grantTo.owner, signal.signal_id, signal.version],
	);
	return held.map((node) => toGrant(row, node, null));
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
