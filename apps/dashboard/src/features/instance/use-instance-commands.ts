"use client";

import { useQueryClient } from "@tanstack/react-query";
import { isTerminal, type NodeView } from "@waymark/engine/graph";
import { Ban, CircleDot, CopyPlus, GitCompareArrows, Pause, Play, Radio, RotateCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useMemo, useRef } from "react";
import { denialOf } from "../../access/permissions.ts";
import { nodeStatus } from "../../components/status-table.ts";
import type { Action, InstanceState } from "../../server/wire.ts";
import { useAccess } from "../access/access-provider.tsx";
import { comparePath } from "../compare/compare-url.ts";
import { KIND_WORDS } from "../graph/kind-icon.tsx";
import { useNodeViews } from "../graph/use-node-views.ts";
import { heldReason, sendRetryNow } from "../inspector/send-retry-now.ts";
import type { PaletteItem } from "../palette/palette-items.ts";
import { NODES_GROUP, offerGroups } from "../palette/palette-store.ts";
import { startPath } from "../start/start-url.ts";
import type { OpenAction } from "./action-bar.tsx";
import type { Actions } from "./use-actions.ts";

interface InstanceCommands {
	readonly state: InstanceState;
	readonly actions: Actions;
	readonly isGone: boolean;
	onSelect(key: string): void;
	onOpenAction(action: OpenAction): void;
}

/** Puts the nodes and actions of this instance into the palette. What cannot be done now is not offered. */
export function useInstanceCommands(given: InstanceCommands): void {
	const { state, actions, isGone, onSelect, onOpenAction } = given;
	const router = useRouter();
	const access = useAccess();
	const views = useNodeViews(state);
	const { instance } = state.snapshot;
	const { status, control, workflow, instanceId } = instance;
	const client = useQueryClient();
	const retryItems = (): readonly PaletteItem[] => {
		const may = denialOf(access, "retryNow") === null && heldReason(instance) === null;
		return may ? itemsToRetry(views, (view) => void sendRetryNow(client, instance, view)) : [];
	};
	const act = useRef({ actions, onSelect, onOpenAction, views, retryItems });
	act.current = { actions, onSelect, onOpenAction, views, retryItems };
	const commands = useMemo(() => {
		const may = (action: Action) => denialOf(access, action) === null;
		const isOpen = !isGone && !isTerminal(status) && control !== "cancelling";
		const isPaused = status === "paused" || control === "pausing";
		const send = (kind: "pause" | "unpause" | "retry") => () => void act.current.actions.send(kind);
		const open = (action: OpenAction) => () => act.current.onOpenAction(action);
		const items: PaletteItem[] = [];
		if (status === "failed" && !isGone && may("retry")) {
			items.push({
				id: "retry",
				title: "Retry",
				detail: "go on at the failed node",
				Icon: RotateCw,
				run: send("retry"),
			});
		}
		if (isOpen && isPaused && may("unpause")) {
			items.push({ id: "unpause", title: "Unpause", detail: "", Icon: Play, keys: "p", run: send("unpause") });
		}
		if (isOpen && !isPaused && may("pause")) {
			items.push({ id: "pause", title: "Pause", detail: "", Icon: Pause, keys: "p", run: send("pause") });
		}
		if (isOpen && may("signal")) {
			items.push({ id: "signal", title: "Send signal…", detail: "", Icon: Radio, keys: "s", run: open("signal") });
		}
		if (isOpen && may("cancel")) {
			items.push({ id: "cancel", title: "Cancel…", detail: "", Icon: Ban, keys: "c", run: open("cancel") });
		}
		const copy = () => router.push(startPath(workflow, instanceId));
		if (may("start")) {
			items.push({ id: "copy", title: "Start a copy…", detail: "with the same input", Icon: CopyPlus, run: copy });
		}
		items.push({
			id: "compare",
			title: "Compare with…",
			detail: "another run of the same workflow",
			Icon: GitCompareArrows,
			run: () => router.push(comparePath(instanceId)),
		});
		return items;
	}, [status, control, isGone, workflow, instanceId, router, access]);
	useEffect(
		() =>
			offerGroups(() => [
				{ value: "This instance", items: [...commands, ...act.current.retryItems()] },
				{ value: NODES_GROUP, items: nodeItems(act.current.views, (key) => act.current.onSelect(key)) },
			]),
		[commands],
	);
}

/** More than these are found by those who type something. */
const MOST_UNASKED = 3;

/** The nodes that wait for their next attempt. */
function itemsToRetry(views: ReadonlyMap<string, NodeView>, onRetry: (view: NodeView) => void): readonly PaletteItem[] {
	const waiting = [...views.values()].filter(({ state, dueAt }) => state === "retrying" && dueAt !== null);
	return waiting.map((view, at) => ({
		id: `retry now ${view.key}`,
		title: `Retry ${view.key} now`,
		detail: `instead of waiting for attempt ${view.attempt}`,
		Icon: RotateCw,
		isAskedFor: at >= MOST_UNASKED,
		run: () => onRetry(view),
	}));
}

function nodeItems(views: ReadonlyMap<string, NodeView>, onSelect: (key: string) => void): readonly PaletteItem[] {
	return [...views.values()].map(({ key, kind, state }) => ({
		id: `node ${key}`,
		title: key,
		detail: `${KIND_WORDS[kind]}, ${nodeStatus(state).word.toLowerCase()}`,
		Icon: CircleDot,
		run: () => onSelect(key),
	}));
}
