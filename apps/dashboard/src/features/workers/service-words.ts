import type { InstanceRecord } from "@waymark/engine/backend";
import { visibleText } from "../../components/visible-text.ts";
import type { Lack, SeenWorker } from "../../server/wire.ts";

/** What the workers have to do with one node, as far as the engine's rows say. */
export interface Service {
	/** The one that held it when its lease ended; null: none did. */
	readonly silent: SeenWorker | null;
	/** Why no live worker can run it; null: one can, or nobody knows. */
	readonly lack: Lack | null;
	/** How many workers are alive at all; null: not known yet. */
	readonly alive: number | null;
}

export const UNKNOWN_SERVICE: Service = { silent: null, lack: null, alive: null };

/** "No live worker has the tag gpu". No full stop. */
export function lackWords(lack: Lack, definitionHash: string): string {
	if (lack.code) return `No live worker has this version of the code (${definitionHash.slice(0, 8)})`;
	const [first = "", ...others] = lack.missing.map(visibleText);
	if (others.length === 0) return `No live worker with this version of the code has the tag ${first}`;
	return `No live worker with this version of the code has the tags ${[first, ...others].join(", ")}`;
}

/** What a person starts, for that to end. */
export function remedyWords(lack: Lack): string {
	if (lack.code) {
		const tags = lack.tags.length === 0 ? "" : ` and ${plural("tag", lack.tags)}`;
		return `Start one that has it${tags}.`;
	}
	return `Start one that has ${lack.missing.length === 1 ? "it" : "them all"}.`;
}

function plural(word: string, names: readonly string[]): string {
	return `the ${word}${names.length === 1 ? "" : "s"} ${names.map(visibleText).join(", ")}`;
}

/** Whether, and by whom, what a silent worker held goes on. */
export function takeoverWords(instance: Pick<InstanceRecord, "status" | "definitionHash">, service: Service): string {
	if (instance.status === "paused") {
		return "Nobody takes this over while the instance is paused; once it is unpaused a free worker does.";
	}
	if (service.alive === 0) return "No other worker is alive to take this over: start one.";
	if (service.lack !== null) {
		return `${lackWords(service.lack, instance.definitionHash)}, so nobody takes this over. ${remedyWords(service.lack)}`;
	}
	return "The next free worker takes this over.";
}

/** Whether that lack is about nodes with these tags. */
export function isAbout(lack: Lack, tags: readonly string[]): boolean {
	return lack.tags.length === tags.length && lack.tags.every((tag) => tags.includes(tag));
}
