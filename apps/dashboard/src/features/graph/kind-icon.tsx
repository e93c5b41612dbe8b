import {
	GitFork,
	GitMerge,
	type LucideIcon,
	RadioTower,
	Repeat,
	Split,
	SquareTerminal,
	Timer,
	Workflow,
} from "lucide-react";
import type { OutlineRow } from "../../graph/outline-rows.ts";

type Kind = OutlineRow["kind"];

const ICONS: Readonly<Record<Kind, LucideIcon>> = {
	task: SquareTerminal,
	delay: Timer,
	signal: RadioTower,
	fork: GitFork,
	join: GitMerge,
	route: Split,
	loop: Repeat,
	child: Workflow,
	branch: GitFork,
	case: Split,
};

export const KIND_WORDS: Readonly<Record<Kind, string>> = {
	task: "task",
	delay: "delay",
	signal: "signal",
	fork: "fork",
	join: "join",
	route: "route",
	loop: "loop",
	child: "child workflow",
	branch: "branch",
	case: "case",
};

export function KindIcon({ kind, size = 16 }: { readonly kind: Kind; readonly size?: number }) {
	const Icon = ICONS[kind];
	return <Icon aria-hidden size={size} strokeWidth={1.75} className="shrink-0 text-ink-faint" />;
}
