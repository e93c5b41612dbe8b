"use client";

import { isTerminal, walkGraph } from "@waymark/engine/graph";
import { Radio, RotateCw } from "lucide-react";
import { useMemo } from "react";
import { Button } from "../../components/button.tsx";
import type { InstanceState } from "../../server/wire.ts";
import { awaitedSignals } from "../../signals/awaited-signals.ts";
import { serverNow } from "../../time/ticker.ts";
import { useDenial } from "../access/access-provider.tsx";
import { CancelDialog } from "./cancel-dialog.tsx";
import { MoreMenu } from "./more-menu.tsx";
import { PauseButton } from "./pause-button.tsx";
import { runningTasks } from "./pending-request.ts";
import { SignalDialog } from "./signal-dialog.tsx";
import type { Actions } from "./use-actions.ts";

/** What is open of the action bar. One at a time, and the keyboard opens the same ones. */
export type OpenAction = "cancel" | "signal" | "pause" | "more";

interface ActionBarProps {
	readonly state: InstanceState;
	readonly actions: Actions;
	/** The instance is deleted: nothing can be done with it any more. */
	readonly isGone: boolean;
	readonly open: OpenAction | null;
	onOpen(action: OpenAction | null): void;
}

/** Of a narrow screen: everything in one row, from 320 px on. The menu keeps its size. */
const AT_THE_BOTTOM =
	"max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:z-20 max-sm:border-line max-sm:border-t max-sm:bg-page max-sm:p-2 max-sm:[&>*:not([aria-haspopup=menu])]:flex-1 max-sm:[&>*:not([aria-haspopup=menu])]:px-2 max-[359px]:[&>*:not([aria-haspopup=menu])>svg]:hidden";

/**
 * What an operator can do. Nothing disappears while the instance lives: what cannot be done says why. Once it is over,
 * a narrow screen keeps only what still works, at the bottom or, if that is the menu alone, beside the name.
 */
export function ActionBar({ state, actions, isGone, open, onOpen }: ActionBarProps) {
	const { snapshot, definition } = state;
	const { instance } = snapshot;
	const { status, control } = instance;
	const gone = isGone ? "It was deleted" : null;
	const over = gone ?? (isTerminal(status) ? `Already ${status}` : null);
	const noRetry = useDenial("retry");
	const noPause = useDenial(status === "paused" || control === "pausing" ? "unpause" : "pause");
	const noSignal = useDenial("signal");
	const noCancel = useDenial("cancel");
	const whileAlive = over === null ? "" : "max-sm:hidden";
	const cancelling = control === "cancelling" || actions.sending === "cancel" ? "It is being cancelled" : null;
	const running = useMemo(() => runningTasks(snapshot, definition.graph), [snapshot, definition]);
	const known = useMemo(() => signalNames(definition.graph), [definition]);
	const awaited = awaitedSignals(snapshot.openNodes, serverNow());
	return (
		<div
			className={`flex shrink-0 items-center gap-2 print:hidden ${over !== null && status !== "failed" ? "" : AT_THE_BOTTOM}`}
		>
			{status === "failed" ? (
				<Button
					variant="primary"
					icon={<RotateCw aria-hidden size={14} />}
					unavailable={gone ?? noRetry}
					hintSide="bottom"
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
				unavailable={over ?? noPause ?? cancelling}
				busy={actions.sending === "pause" || actions.sending === "unpause"}
				asks={open === "pause"}
				onAsks={(asks) => onOpen(asks ? "pause" : null)}
				onPause={(reason) => void actions.send("pause", reason)}
				onUnpause={() => void actions.send("unpause")}
			/>
			<Button
				className={whileAlive}
				icon={<Radio aria-hidden size={14} />}
				unavailable={over ?? noSignal ?? cancelling}
				hintSide="bottom"
				variant={awaited.length > 0 && over === null ? "primary" : "secondary"}
				onClick={() => onOpen("signal")}
			>
				Send signal
			</Button>
			<MoreMenu state={state} open={open === "more"} onOpenChange={(more) => onOpen(more ? "more" : null)} />
			<span aria-hidden className="mx-1 h-5 w-px bg-line max-sm:hidden" />
			<Button
				variant="danger-outline"
				className={whileAlive}
				unavailable={over ?? noCancel ?? cancelling}
				hintSide="bottom"
				busy={actions.sending === "cancel"}
				onClick={() => onOpen("cancel")}
			>
				Cancel
			</Button>
			<CancelDialog
				open={open === "cancel"}
				onOpenChange={(isOpen) => onOpen(isOpen ? "cancel" : null)}
				workflow={instance.workflow}
				instanceId={instance.instanceId}
				running={running}
				onConfirm={(reason) => void actions.send("cancel", reason)}
			/>
			{open === "signal" ? (
				<SignalDialog
					onClose={() => onOpen(null)}
					instanceId={instance.instanceId}
					awaited={awaited}
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
