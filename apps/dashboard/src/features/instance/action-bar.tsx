"use client";

import { isTerminal, walkGraph } from "@waymark/engine/graph";
import { Radio, RotateCw } from "lucide-react";
import { useMemo, useState } from "react";
import { Button } from "../../components/button.tsx";
import type { InstanceState } from "../../server/wire.ts";
import { CancelDialog } from "./cancel-dialog.tsx";
import { PauseButton } from "./pause-button.tsx";
import { runningTasks } from "./pending-request.ts";
import { SignalDialog } from "./signal-dialog.tsx";
import type { Actions } from "./use-actions.ts";

interface ActionBarProps {
	readonly state: InstanceState;
	readonly actions: Actions;
}

/**
 * What an operator can do. Nothing disappears while the instance lives: what cannot be done says why. Once it is over,
 * a narrow screen keeps only what still works.
 */
export function ActionBar({ state: { snapshot, definition }, actions }: ActionBarProps) {
	const [dialog, setDialog] = useState<"cancel" | "signal" | null>(null);
	const { instance } = snapshot;
	const { status, control } = instance;
	const over = isTerminal(status) ? `Already ${status}` : null;
	const whileAlive = over === null ? "" : "max-sm:hidden";
	const cancelling = control === "cancelling" || actions.sending === "cancel" ? "It is being cancelled" : null;
	const running = useMemo(() => runningTasks(snapshot, definition.graph), [snapshot, definition]);
	const known = useMemo(() => signalNames(definition.graph), [definition]);
	const awaited = snapshot.openNodes.flatMap((node) =>
		node.state === "awaiting_signal" && node.signal !== null ? [node.signal] : [],
	);
	return (
		<div
			className={`flex shrink-0 items-center gap-2 max-sm:w-full max-sm:*:flex-1 max-sm:*:px-2 ${status === "failed" ? "" : whileAlive}`}
		>
			{status === "failed" ? (
				<Button
					variant="primary"
					icon={<RotateCw aria-hidden size={14} />}
					busy={actions.sending === "retry"}
					onClick={() => void actions.send("retry")}
				>
					Retry
				</Button>
			) : null}
			<PauseButton
				paused={status === "paused" || control === "pausing"}
				running={running.length}
				className={whileAlive}
				unavailable={over ?? cancelling}
				busy={actions.sending === "pause" || actions.sending === "unpause"}
				onPause={(reason) => void actions.send("pause", reason)}
				onUnpause={() => void actions.send("unpause")}
			/>
			<Button
				className={whileAlive}
				icon={<Radio aria-hidden size={14} />}
				unavailable={over ?? cancelling}
				variant={awaited.length > 0 && over === null ? "primary" : "secondary"}
				onClick={() => setDialog("signal")}
			>
				Send signal
			</Button>
			<span aria-hidden className="mx-1 h-5 w-px bg-line max-sm:hidden" />
			<Button
				variant="danger-outline"
				className={whileAlive}
				unavailable={over ?? cancelling}
				busy={actions.sending === "cancel"}
				onClick={() => setDialog("cancel")}
			>
				Cancel
			</Button>
			<CancelDialog
				open={dialog === "cancel"}
				onOpenChange={(open) => setDialog(open ? "cancel" : null)}
				workflow={instance.workflow}
				instanceId={instance.instanceId}
				running={running}
				onConfirm={(reason) => void actions.send("cancel", reason)}
			/>
			{dialog === "signal" ? (
				<SignalDialog
					onClose={() => setDialog(null)}
					awaited={[...new Set(awaited)]}
					known={known}
					onSend={actions.sendSignal}
				/>
			) : null}
		</div>
	);
}

function signalNames(graph: InstanceState["definition"]["graph"]): readonly string[] {
	const names = new Set<string>();
	for (const { node } of walkGraph(graph)) if (node.kind === "signal") names.add(node.signal);
	return [...names];
}
