"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { instancePath, postJson } from "../../api/fetch-json.ts";
import type {
	ActionAnswer,
	ActionBody,
	ActionKind,
	InstanceState,
	SignalAnswer,
	SignalBody,
} from "../../server/wire.ts";
import { stateKey } from "../live/use-instance-live.ts";
import { tellRefusal } from "./tell-refusal.ts";

export interface Actions {
	/** What was asked for and is not yet answered; the status itself changes only when the engine says so. */
	readonly sending: ActionKind | null;
	/** Resolves to whether it was accepted. Refusals are told in a toast. */
	send(kind: ActionKind, reason?: string): Promise<boolean>;
	sendSignal(body: SignalBody): Promise<SignalAnswer>;
}

const VERBS: Readonly<Record<ActionKind, string>> = {
	pause: "Pausing",
	unpause: "Unpausing",
	cancel: "Cancelling",
	retry: "Retrying",
};

export function useActions({ snapshot }: InstanceState): Actions {
	const client = useQueryClient();
	const [sending, setSending] = useState<ActionKind | null>(null);
	const { instanceId, runId } = snapshot.instance;
	// Awaited, so that the page shows the outcome before the pending mark goes.
	const refresh = () => client.refetchQueries({ queryKey: stateKey(instanceId) });

	const send = async (kind: ActionKind, reason?: string): Promise<boolean> => {
		const body: ActionBody = {
			requestId: crypto.randomUUID(),
			expectedRunId: runId,
			...(reason === undefined || reason.trim() === "" ? {} : { reason: reason.trim() }),
		};
		setSending(kind);
		try {
			await postJson<ActionAnswer>(instancePath(instanceId, `/${kind}`), body);
			return true;
		} catch (error) {
			tellRefusal(VERBS[kind], error, () => void send(kind, reason));
			return false;
		} finally {
			await refresh();
			setSending(null);
		}
	};

	return {
		sending,
		send,
		sendSignal: async (body) => {
			const answer = await postJson<SignalAnswer>(instancePath(instanceId, "/signal"), body);
			void refresh();
			return answer;
		},
	};
}
