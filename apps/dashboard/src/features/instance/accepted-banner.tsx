"use client";

import { Hourglass } from "lucide-react";
import type { InstanceState } from "../../server/wire.ts";
import { Elapsed } from "../../time/live-text.tsx";

/** Between the start and the first thing that happens: what was started is safe, and starting it again would be wrong. */
export function isOnlyAccepted({ snapshot: { instance, checkpoints, attempts } }: InstanceState): boolean {
	return instance.status === "pending" && checkpoints.length === 0 && attempts.length === 0;
}

export function AcceptedBanner({ state }: { readonly state: InstanceState }) {
	return (
		<div
			role="status"
			className="flex items-start gap-2.5 rounded-card border border-line bg-canvas px-3 py-2.5 text-sm"
		>
			<Hourglass aria-hidden size={16} className="mt-0.5 shrink-0 text-ink-muted" />
			<p>
				<strong className="font-semibold">Accepted,</strong> waiting for a worker to begin, for{" "}
				<Elapsed from={state.snapshot.instance.createdAt} />. It is stored: do not start it again.
			</p>
		</div>
	);
}
