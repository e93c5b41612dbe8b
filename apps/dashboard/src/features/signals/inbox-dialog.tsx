"use client";

import { instancePath, postJson } from "../../api/fetch-json.ts";
import { useLiveQuery } from "../../api/use-live-query.ts";
import type { InstanceWaits, SignalAnswer } from "../../server/wire.ts";
import { SignalDialog } from "../instance/signal-dialog.tsx";

/** Others send too: who takes the next one may change while somebody writes. */
const POLL_MS = 3_000;

interface InboxDialogProps {
	readonly instanceId: string;
	readonly signal: string;
	onClose(): void;
	onSent(): void;
}

/** The dialog of an instance whose page is not open: what waits there is asked for. */
export function InboxDialog({ instanceId, signal, onClose, onSent }: InboxDialogProps) {
	const { data, refetch } = useLiveQuery<InstanceWaits>(instancePath(instanceId, "/waits"), POLL_MS, null);
	return (
		<SignalDialog
			instanceId={instanceId}
			name={signal}
			awaited={data?.awaited ?? null}
			known={[]}
			onClose={onClose}
			onSend={async (body) => {
				const answer = await postJson<SignalAnswer>(instancePath(instanceId, "/signal"), body);
				void refetch();
				onSent();
				return answer;
			}}
		/>
	);
}
