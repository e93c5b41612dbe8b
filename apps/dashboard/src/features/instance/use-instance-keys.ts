"use client";

import { isTerminal, type NodeState } from "@waymark/engine/graph";
import { useEffect, useRef } from "react";
import { denialOf } from "../../access/permissions.ts";
import { GOING_ON, nextInState } from "../../graph/interesting.ts";
import type { Action, InstanceState } from "../../server/wire.ts";
import { useAccess } from "../access/access-provider.tsx";
import { useNodeViews } from "../graph/use-node-views.ts";
import { focusInspector } from "../inspector/focus-inspector.ts";
import { type Bindings, useShortcuts } from "../shortcuts/use-shortcuts.ts";
import type { OpenAction } from "./action-bar.tsx";
import { VIEWS, type View } from "./instance-url.ts";
import { runningTasks } from "./pending-request.ts";
import type { Actions } from "./use-actions.ts";

interface InstanceKeys {
	readonly state: InstanceState;
	readonly actions: Actions;
	readonly isGone: boolean;
	readonly selectedKey: string | null;
	onSelect(key: string | null): void;
	onView(view: View): void;
	onOpenAction(action: OpenAction): void;
}

/** The instance page by keyboard. What cannot be done now does nothing: the button beside says why. */
export function useInstanceKeys(keys: InstanceKeys): void {
	const { state, actions, isGone, selectedKey, onSelect, onView, onOpenAction } = keys;
	const views = useNodeViews(state);
	const { snapshot, definition } = state;
	const { status, control } = snapshot.instance;
	const access = useAccess();
	const may = (action: Action) => denialOf(access, action) === null;
	const isOpen = !isGone && !isTerminal(status) && control !== "cancelling" && actions.sending !== "cancel";
	/** A node that a key goes to. Its inspector takes the keyboard once it is there. */
	const goesTo = useRef<string | null>(null);
	const arrive = () => {
		if (goesTo.current !== null && goesTo.current === selectedKey && focusInspector()) goesTo.current = null;
	};
	useEffect(arrive);
	const next = (states: readonly NodeState[]) => () => {
		const key = nextInState(views, states, selectedKey);
		if (key === null) return;
		goesTo.current = key;
		onSelect(key);
		arrive();
	};
	const pause = () => {
		const back = status === "paused" || control === "pausing";
		if (!isOpen || actions.sending !== null || !may(back ? "unpause" : "pause")) return;
		if (back) void actions.send("unpause");
		else if (runningTasks(snapshot, definition.graph).length > 1) onOpenAction("pause");
		else void actions.send("pause");
	};
	const nextFailed = next(["failed"]);
	const nextRunning = next(GOING_ON);
	const bindings: Bindings = {
		f: nextFailed,
		F: nextFailed,
		r: nextRunning,
		R: nextRunning,
		p: pause,
		c: () => (isOpen && may("cancel") ? onOpenAction("cancel") : undefined),
		s: () => (isOpen && may("signal") ? onOpenAction("signal") : undefined),
		".": () => onOpenAction("more"),
		escape: () => (selectedKey === null ? undefined : onSelect(null)),
		...Object.fromEntries(VIEWS.map((view, at) => [String(at + 1), () => onView(view)])),
	};
	useShortcuts(bindings);
}
