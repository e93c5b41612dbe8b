"use client";

import { useQueryClient } from "@tanstack/react-query";
import type { NodeView } from "@waymark/engine/graph";
import { RotateCw } from "lucide-react";
import { useLayoutEffect, useRef, useState } from "react";
import { Button } from "../../components/button.tsx";
import type { InstanceState } from "../../server/wire.ts";
import { useDenial } from "../access/access-provider.tsx";
import { heldReason, sendRetryNow } from "./send-retry-now.ts";

interface RetryNowProps {
	readonly state: InstanceState;
	readonly view: NodeView;
}

/** Ends the wait of a node for its next attempt. Nothing where no attempt is waited for. */
export function RetryNow({ state, view }: RetryNowProps) {
	if (view.state !== "retrying" || view.dueAt === null) return null;
	return <RetryNowButton state={state} view={view} dueAt={view.dueAt} />;
}

function RetryNowButton({ state: { snapshot }, view, dueAt }: RetryNowProps & { readonly dueAt: number }) {
	const client = useQueryClient();
	const denial = useDenial("retryNow");
	const [isSending, setSending] = useState(false);
	const button = useRef<HTMLButtonElement>(null);
	useLayoutEffect(
		() => () => {
			// It goes with the wait: whoever pressed it by keyboard stays where it was.
			const { current } = button;
			if (current !== null && document.activeElement === current) {
				current.closest<HTMLElement>("[role=tabpanel]")?.focus();
			}
		},
		[],
	);
	const { instance, now } = snapshot;
	const press = async () => {
		setSending(true);
		await sendRetryNow(client, instance, view).finally(() => setSending(false));
	};
	return (
		<Button
			ref={button}
			size="sm"
			className="print:hidden"
			icon={<RotateCw aria-hidden size={13} />}
			unavailable={denial ?? heldReason(instance)}
			// Once it is due, which stands beside, there is nothing left to ask for.
			busy={isSending || dueAt <= now}
			onClick={() => void press()}
		>
			Retry now
		</Button>
	);
}
