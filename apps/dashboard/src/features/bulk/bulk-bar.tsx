"use client";

import { GitCompareArrows } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { buttonClass } from "../../components/button-class.ts";
import type { ActionKind, BulkPlanBody } from "../../server/wire.ts";
import { useDenial } from "../access/access-provider.tsx";
import { comparePath } from "../compare/compare-url.ts";
import { filterQuery, type ListFilters } from "../instance-list/list-filters.ts";
import type { Selection } from "../instance-list/use-selection.ts";
import { instances, VERBS } from "./bulk-words.ts";

/** The dialog and all that it needs come with the first action: a list is mostly read. */
const BulkDialog = dynamic(() => import("./bulk-dialog.tsx"), { ssr: false });

const KINDS = ["pause", "unpause", "retry", "cancel"] as const satisfies readonly ActionKind[];

interface BulkBarProps {
	readonly filters: ListFilters;
	readonly selection: Selection;
	/** More meet the filters than are shown. */
	readonly hasMore: boolean;
}

/** What can be done with the rows that are selected, or with everything that meets the filters. */
export function BulkBar({ filters, selection, hasMore }: BulkBarProps) {
	const [everything, setEverything] = useState(false);
	const [asked, setAsked] = useState<BulkPlanBody | null>(null);
	const denial = useDenial("bulk");
	const count = selection.ids.length;
	if (count === 0 && asked === null) return null;
	const ask = (kind: ActionKind) =>
		setAsked(everything ? { kind, query: filterQuery(filters) } : { kind, instanceIds: selection.ids });
	return (
		<section
			aria-label="Selected instances"
			className="sticky bottom-3 z-20 mt-4 flex flex-wrap items-center gap-2 rounded-card border border-line-strong bg-raised px-3 py-2 text-sm shadow-pop"
		>
			<span role="status" className="font-medium">
				{everything ? "Everything that matches" : `${instances(count)} selected`}
			</span>
			{hasMore ? (
				<Button variant="ghost" size="sm" aria-pressed={everything} onClick={() => setEverything(!everything)}>
					{everything ? "Only the selected rows" : "Everything that matches"}
				</Button>
			) : null}
			<span className="flex-1" />
			{everything ? null : <CompareLink ids={selection.ids} />}
			{KINDS.map((kind) => (
				<Button
					key={kind}
					size="sm"
					variant={kind === "cancel" ? "danger-outline" : "secondary"}
					className={kind === "cancel" ? "ml-2" : ""}
					unavailable={denial}
					onClick={() => ask(kind)}
				>
					{VERBS[kind]}…
				</Button>
			))}
			<Button
				variant="ghost"
				size="sm"
				onClick={() => {
					setEverything(false);
					selection.clear();
				}}
			>
				Deselect
			</Button>
			{asked === null ? null : <BulkDialog about={asked} onClose={() => setAsked(null)} />}
		</section>
	);
}

/** Two can be set side by side, whoever may see them. */
function CompareLink({ ids: [left, right, ...more] }: { readonly ids: readonly string[] }) {
	if (left === undefined || right === undefined || more.length > 0) return null;
	return (
		<Link href={comparePath(left, right)} prefetch={false} className={`${buttonClass("secondary", "sm")} mr-2`}>
			<GitCompareArrows aria-hidden size={13} /> Compare
		</Link>
	);
}
