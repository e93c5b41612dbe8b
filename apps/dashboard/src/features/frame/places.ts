import { Activity, Cpu, GitFork, ListTree, type LucideIcon, RadioTower, ScrollText, Settings } from "lucide-react";

export interface Place {
	readonly href: string;
	readonly word: string;
	readonly Icon: LucideIcon;
	/** The shortcut that leads there, if there is one. */
	readonly keys?: string;
}

/** Every page that stands by itself, in the order of the rail. */
export const PLACES: readonly Place[] = [
	{ href: "/", word: "Overview", Icon: Activity, keys: "g o" },
	{ href: "/instances", word: "Instances", Icon: ListTree, keys: "g i" },
	{ href: "/workflows", word: "Workflows", Icon: GitFork, keys: "g w" },
	{ href: "/signals", word: "Signals", Icon: RadioTower },
	{ href: "/workers", word: "Workers", Icon: Cpu },
	{ href: "/audit", word: "Audit", Icon: ScrollText },
	{ href: "/settings", word: "Settings", Icon: Settings },
];
