"use client";

import { RotateCw } from "lucide-react";
import { Button } from "../../components/button.tsx";
import type { InstanceState } from "../../server/wire.ts";
import { useDenial } from "../access/access-provider.tsx";
import { useActions } from "../instance/use-actions.ts";

/** Retries the instance from the node that it failed at: where the inspector hides the page's own button, or has none. */
export function InstanceRetry({ state, className }: { readonly state: InstanceState; readonly className: string }) {
	const actions = useActions(state);
	const noRetry = useDenial("retry");
	return (
		<Button
			size="sm"
			variant="primary"
			className={`${className} print:hidden`}
			icon={<RotateCw aria-hidden size={13} />}
			unavailable={noRetry}
			busy={actions.sending === "retry"}
			onClick={() => void actions.send("retry")}
		>
			Retry the instance
		</Button>
	);
}
