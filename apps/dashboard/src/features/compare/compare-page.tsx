import Link from "next/link";
import type { ReactNode } from "react";
import { InstanceLink } from "../../components/instance-link.tsx";
import { middleTruncate } from "../../components/middle-truncate.tsx";
import { Notice } from "../../components/notice.tsx";
import { visibleText } from "../../components/visible-text.ts";
import type { InstanceState } from "../../server/wire.ts";
import { Page, PageHeader } from "../frame/page-header.tsx";
import { CompareView } from "./compare-view.tsx";
import { RunChooser } from "./run-chooser.tsx";

/** One side, as its address names it. Null: it names none. */
export type Chosen = { readonly id: string; readonly state: InstanceState | null } | null;

interface ComparePageProps {
	readonly left: Chosen;
	readonly right: Chosen;
}

/** The two runs; or what is missing of them, and how to come by it. */
export function ComparePage({ left, right }: ComparePageProps) {
	const unknown = [left, right].flatMap((side) => (side !== null && side.state === null ? [side.id] : []));
	const known = left?.state ?? right?.state ?? null;
	if (known === null) return <Nothing unknown={unknown} />;
	const [a, b] = [left?.state, right?.state];
	if (a == null || b == null)
		return <Chooser left={known} note={unknown[0] === undefined ? null : unknownNote(unknown[0])} />;
	const [one, other] = [a.snapshot.instance, b.snapshot.instance];
	if (one.runId === other.runId) return <Chooser left={a} note="That is the same run twice. Choose another one." />;
	if (one.workflow !== other.workflow) {
		return (
			<Chooser
				left={a}
				note={`Only runs of one workflow can be compared, and ${visibleText(other.instanceId)} is one of ${visibleText(other.workflow)}. Choose another one.`}
			/>
		);
	}
	return <CompareView key={`${one.runId} ${other.runId}`} left={a} right={b} />;
}

function unknownNote(id: string): string {
	return `There is no instance ${middleTruncate(visibleText(id), 80)}. It may have been deleted. Choose another one.`;
}

function Nothing({ unknown }: { readonly unknown: readonly string[] }) {
	return (
		<Notice
			title={unknown.length === 0 ? "Which runs?" : "There is nothing to compare"}
			action={{ href: "/instances", label: "All instances" }}
		>
			{unknown.map((id) => (
				<p key={id}>
					There is no instance{" "}
					<span className="wrap-anywhere font-mono text-ink text-xs">{middleTruncate(visibleText(id), 80)}</span>.
				</p>
			))}
			<p>Select two rows of the list, or open an instance and take “Compare with…” from its menu.</p>
		</Notice>
	);
}

interface ChooserProps {
	readonly left: InstanceState;
	readonly note: ReactNode;
}

function Chooser({ left, note }: ChooserProps) {
	const { instanceId, workflow, status } = left.snapshot.instance;
	return (
		<Page>
			<PageHeader title="Compare with…" />
			{note === null ? null : (
				<p
					role="alert"
					className="mb-4 rounded-card border border-amber-line bg-amber-soft px-3 py-2 text-amber-ink text-sm wrap-anywhere"
				>
					{note}
				</p>
			)}
			<p className="mb-4 text-ink-muted text-sm">
				<InstanceLink id={instanceId} /> is compared with another run of{" "}
				<Link href={`/workflows/${encodeURIComponent(workflow)}`} className="text-link underline">
					{visibleText(workflow)}
				</Link>
				, node by node.
			</p>
			<RunChooser key={instanceId} left={{ instanceId, workflow, status }} />
		</Page>
	);
}
