import type { AttemptOutcome } from "@waymark/engine/backend";
import type { StatusLook } from "../../components/status-table.ts";

/** A stretch of a node's time. Times in ms since the epoch. */
export interface Segment {
	readonly id: string;
	readonly from: number;
	/** Null: it goes on. */
	readonly to: number | null;
	readonly what: "succeeded" | "running" | "queued" | "backoff" | "delay" | "signal" | AttemptOutcome;
	/** Null for what is no attempt. */
	readonly attempt: number | null;
	/** With the iterations of the loops around it. */
	readonly path: string;
}

/** The look of each kind of segment; its pattern tells them apart without colour. */
export const SEGMENT_LOOK: Readonly<Record<Segment["what"], StatusLook>> = {
	succeeded: "completed",
	running: "running",
	queued: "pending",
	backoff: "retrying",
	delay: "waiting",
	signal: "awaiting-signal",
	failed: "failed",
	timed_out: "failed",
	lost: "failed",
	cancelled: "cancelled",
};
