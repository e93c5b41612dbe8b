import type { OpenState } from "../../core/instance/status.ts";
import { insist } from "./contradiction.ts";
import type { Opening } from "./model-walk.ts";

/** An open node of the model. */
export interface ModelRow {
	readonly opening: Opening;
	/** Order of opening. */
	readonly order: number;
	state: OpenState;
	attempt: number;
	crashes: number;
	epoch: number;
	owner: string | null;
	/** When it may next be acted on by time alone. */
	dueAt: number | null;
	signalId: string | null;
	remaining: number;
}

export interface ModelSignal {
	readonly signalId: string;
	readonly name: string;
	readonly payload: unknown;
	readonly key: string | null;
	readonly order: number;
	reservedFor: string | null;
	consumedBy: string | null;
}

/** The open nodes of one run and its inbox: which wait gets which signal. */
export class ModelRows {
	readonly open = new Map<string, ModelRow>();
	readonly signals: ModelSignal[] = [];
	#opened = 0;

	add(opening: Opening, now: number): ModelRow {
		const { path, opensAs, dueInMs, remaining } = opening;
		this.#opened += 1;
		const row: ModelRow = {
			opening,
			order: this.#opened,
			state: opensAs,
			attempt: 1,
			crashes: 0,
			epoch: 0,
			owner: null,
			dueAt: dueInMs === null ? null : now + dueInMs,
			signalId: null,
			remaining,
		};
		insist(!this.open.has(path), "I3", () => `${path} was opened twice`);
		this.open.set(path, row);
		const waiting = this.signals.find(({ name, reservedFor }) => name === opening.signal && reservedFor === null);
		if (waiting !== undefined) this.#reserve(row, waiting);
		return row;
	}

	/** Takes a row away; a signal that it had and did not consume goes to the next wait, or waits again. */
	close(row: ModelRow, now: number): void {
		this.open.delete(row.opening.path);
		const signal = this.signals.find(({ signalId }) => signalId === row.signalId);
		if (signal === undefined || signal.consumedBy !== null) return;
		signal.reservedFor = null;
		this.#offer(signal, now);
	}

	receive(signal: Pick<ModelSignal, "signalId" | "name" | "payload" | "key">, now: number): ModelSignal {
		const stored = { ...signal, order: this.signals.length, reservedFor: null, consumedBy: null };
		this.signals.push(stored);
		this.#offer(stored, now);
		return stored;
	}

	release(row: ModelRow): void {
		row.owner = null;
		if (row.state === "running") row.state = "ready";
	}

	/** The oldest open wait of that name whose timeout has not passed gets it. */
	#offer(signal: ModelSignal, now: number): void {
		for (const row of [...this.open.values()].sort((a, b) => a.order - b.order)) {
			if (row.state !== "awaiting_signal" || row.opening.signal !== signal.name) continue;
			if (row.dueAt !== null && row.dueAt <= now) continue;
			this.#reserve(row, signal);
			return;
		}
	}

	#reserve(row: ModelRow, signal: ModelSignal): void {
		signal.reservedFor = row.opening.path;
		row.state = "ready";
		row.signalId = signal.signalId;
	}

	/** The run fails with this node: everything stays for a retry, and no lease counts any more. */
	freeze(failed: ModelRow): void {
		for (const row of this.open.values()) {
			row.state = row === failed ? "failed" : "cancelled";
			if (row !== failed && row.owner !== null) row.epoch += 1;
			row.owner = null;
		}
	}

	/** A retry of the run: as they were opened, with fresh attempts. */
	reopen(): void {
		for (const row of this.open.values()) {
			const { opensAs } = row.opening;
			const isReady = opensAs === "joining" ? row.remaining === 0 : row.signalId !== null;
			row.state = isReady ? "ready" : opensAs;
			Object.assign(row, { attempt: 1, crashes: 0, epoch: row.epoch + 1 });
			if (opensAs === "ready" || opensAs === "joining") row.dueAt = null;
		}
	}
}
