import type { InstanceRecord } from "@waymark/engine/backend";
import { visibleText } from "../../components/visible-text.ts";
import type { Hold } from "../../server/wire.ts";
import { lackWords, remedyWords, takeoverWords } from "../workers/service-words.ts";

/** One of the things that a sentence is made of: text, a node by its path, or a worker by its id. */
export type HoldPart = string | { readonly node: string } | { readonly worker: string };

/** What holds an instance up, and what ends it. */
export function holdWords(hold: Hold, instance: InstanceRecord): readonly HoldPart[] {
	switch (hold.kind) {
		case "orphan":
			return ["It has no next move."];
		case "lost": {
			const { path, nodes, worker } = hold.lost;
			const others = nodes === 1 ? "" : ` and ${nodes - 1} more`;
			const service = { silent: worker, lack: null, alive: hold.isAnyAlive ? 1 : 0 };
			return [
				"Worker ",
				{ worker: worker.workerId },
				" fell silent while it ran ",
				{ node: path },
				`${others}. ${takeoverWords(instance, service)}`,
			];
		}
		case "unserved":
			return [
				{ node: hold.path },
				` is ready, but: ${lackWords(hold.lack, instance.definitionHash)}. ${remedyWords(hold.lack)}`,
			];
		case "unclaimed":
			return [
				{ node: hold.path },
				hold.isAnyAlive
					? " is ready, and no live worker has taken it yet: they are busy or stuck."
					: " is ready, and no worker is alive. Start one.",
			];
		case "control": {
			const what = instance.control === "pausing" ? "Pause" : "Cancel";
			const by = hold.by === null ? "" : ` by ${visibleText(hold.by)}`;
			if (hold.path === null) return [`${what}${by} takes effect in a moment: nothing is in flight any more.`];
			const waits = [`${what}${by} waits for `, { node: hold.path }];
			return hold.worker === null ? [...waits, "."] : [...waits, " on worker ", { worker: hold.worker.workerId }, "."];
		}
	}
}
