"use client";

import { Equal, type LucideIcon, Minus, PenLine, Plus } from "lucide-react";
import { useMemo } from "react";
import { Skeleton } from "../../components/skeleton.tsx";
import { visibleText } from "../../components/visible-text.ts";
import type { ValueResponse } from "../../server/wire.ts";
import { formatCount } from "../../time/format.ts";
import { useDenial } from "../access/access-provider.tsx";
import { HiddenNote } from "../access/hidden-note.tsx";
import { type Difference, diffJson, lineOf } from "./json-diff.ts";
import { type JsonRow, parseRows } from "./json-tree.ts";
import { useValue, type ValueAddress } from "./use-value.ts";

/** Both values together: beyond this the page would think about it for longer than a reader waits. */
const COMPARED_CHARS = 512 * 1024;
const LINE_CHARS = 300;
const SHOWN = 200;

/** UTF-8 has no more bytes than this for each character: what is larger is not even fetched. */
const MOST_BYTES = 3;

/** What is compared, in words. */
interface Between {
	/** "from input to output" */
	readonly way: string;
	/** Said where nothing differs, without its full stop. */
	readonly same: string;
}

const IN_TO_OUT: Between = { way: "from input to output", same: "The output is the same as the input" };

interface PayloadDiffProps {
	readonly before: ValueAddress;
	readonly after: ValueAddress;
	readonly between?: Between;
}

/** What a node, or a whole instance, made of what it was given; or how what two of them made differs. */
export function PayloadDiff({ before, after, between = IN_TO_OUT }: PayloadDiffProps) {
	const hidden = useDenial("data");
	const input = useWhole(before, hidden === null);
	const output = useWhole(after, hidden === null);
	if (hidden !== null) return <HiddenNote text={hidden} />;
	if (input.isPending || output.isPending) return <Skeleton className="h-24 w-full" />;
	if (input.data === undefined || output.data === undefined)
		return <Note text={(input.error ?? output.error)?.message ?? "The values could not be loaded."} />;
	return <Compared before={input.data} after={output.data} between={between} />;
}

/** The whole value, if it is not too large; its head, which says how large it is, if it is. */
function useWhole(address: ValueAddress, enabled: boolean) {
	const head = useValue(address, false, enabled);
	const isCut = head.data?.truncated === true && head.data.size <= COMPARED_CHARS * MOST_BYTES;
	const whole = useValue(address, true, enabled && isCut);
	return isCut ? whole : head;
}

interface ComparedProps {
	readonly before: ValueResponse;
	readonly after: ValueResponse;
	readonly between: Between;
}

function Compared({ before, after, between }: ComparedProps) {
	const found = useMemo(() => compare(before, after), [before, after]);
	if (typeof found === "string") return <Note text={found} />;
	const { differences, isCut } = found.diff;
	const hides = before.hidden > 0 && after.hidden > 0;
	if (differences.length === 0) {
		return (
			<p className="flex items-center gap-1.5 text-ink-muted text-sm">
				<Equal aria-hidden size={14} /> {between.same}
				{hides ? ", as far as it is shown: what is hidden by policy was not compared." : "."}
			</p>
		);
	}
	const count = `${formatCount(differences.length)}${isCut ? " or more" : ""}`;
	return (
		<section aria-label="Differences" className="flex min-w-0 flex-col gap-2">
			<p className="text-ink-muted text-xs">
				{count} {differences.length === 1 ? "difference" : "differences"} {between.way}
				{differences.length > SHOWN ? `, the first ${SHOWN} of them` : ""}
				{hides ? ". What is hidden by policy in both was not compared." : ""}
			</p>
			<ul className="divide-y divide-line overflow-hidden rounded-card border border-line bg-canvas">
				{differences.slice(0, SHOWN).map((one) => (
					<Line key={one.path} difference={one} before={found.before} after={found.after} />
				))}
			</ul>
		</section>
	);
}

const KINDS: Readonly<Record<Difference["kind"], { readonly word: string; readonly Icon: LucideIcon }>> = {
	added: { word: "Added", Icon: Plus },
	removed: { word: "Removed", Icon: Minus },
	changed: { word: "Changed", Icon: PenLine },
};

interface LineProps {
	readonly difference: Difference;
	readonly before: readonly JsonRow[];
	readonly after: readonly JsonRow[];
}

function Line({ difference, before, after }: LineProps) {
	const { word, Icon } = KINDS[difference.kind];
	const path = difference.path.replace(/^\./, "");
	return (
		<li className="flex gap-2 px-3 py-1.5 text-xs">
			<Icon aria-hidden size={13} className="mt-0.5 shrink-0 text-ink-muted" />
			<div className="min-w-0 flex-1">
				<p>
					<span className="text-ink-muted">{word}</span>{" "}
					<code className="break-all font-medium font-mono">{path === "" ? "the whole value" : visibleText(path)}</code>
				</p>
				{difference.kind === "added" ? null : (
					<del className="block break-all font-mono text-danger-ink no-underline">
						<span aria-hidden>− </span>
						{visibleText(lineOf(before, difference.before, LINE_CHARS))}
					</del>
				)}
				{difference.kind === "removed" ? null : (
					<ins className="block break-all font-mono text-(--status-completed-text) no-underline">
						<span aria-hidden>+ </span>
						{visibleText(lineOf(after, difference.after, LINE_CHARS))}
					</ins>
				)}
			</div>
		</li>
	);
}

/** Words where there is nothing to compare. */
function compare(before: ValueResponse, after: ValueResponse) {
	if (before.encoding !== "text" || after.encoding !== "text") return "Binary values cannot be compared here.";
	const isTooLarge = before.truncated || after.truncated || before.text.length + after.text.length > COMPARED_CHARS;
	if (isTooLarge) return "These values are too large to be compared here. Download both and compare them with a tool.";
	const [a, b] = [parseRows(before.text, before.marks), parseRows(after.text, after.marks)];
	if (a === null || b === null) return "Only JSON can be compared, and one of these is none.";
	return { diff: diffJson(a, b), before: a, after: b };
}

function Note({ text }: { readonly text: string }) {
	return <p className="text-ink-muted text-sm">{text}</p>;
}
