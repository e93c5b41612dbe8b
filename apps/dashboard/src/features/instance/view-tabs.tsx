"use client";

import { useSearchParams } from "next/navigation";
import { isPlainClick } from "../../components/plain-click.ts";
import { formatCount } from "../../time/format.ts";
import { VIEWS, type View } from "./instance-url.ts";

const WORD: Readonly<Record<View, string>> = {
	graph: "Graph",
	timeline: "Timeline",
	history: "History",
	io: "Input & output",
	attempts: "Attempts",
	audit: "Audit",
};

interface ViewTabsProps {
	readonly view: View;
	readonly counts: Partial<Record<View, number>>;
	onView(view: View): void;
}

/** Links that look like tabs: they can be opened beside this page. */
export function ViewTabs({ view, counts, onView }: ViewTabsProps) {
	const params = useSearchParams();
	return (
		<nav aria-label="Views" className="flex min-w-0 flex-1 flex-wrap gap-x-5 max-sm:basis-full max-sm:gap-x-4">
			{VIEWS.map((name) => (
				<a
					key={name}
					href={hrefOf(params, name)}
					aria-current={name === view ? "page" : undefined}
					onClick={(event) => {
						if (isPlainClick(event)) {
							event.preventDefault();
							onView(name);
						}
					}}
					className="-mb-px inline-flex h-10 max-sm:h-9 items-center gap-1.5 whitespace-nowrap border-transparent border-b-2 text-ink-muted text-sm hover:text-ink focus-visible:-outline-offset-2 aria-[current=page]:border-ink aria-[current=page]:font-medium aria-[current=page]:text-ink"
				>
					{WORD[name]}
					{counts[name] === undefined || counts[name] === 0 ? null : (
						<span className="rounded-full bg-pressed px-1.5 text-ink-muted text-xs">{formatCount(counts[name])}</span>
					)}
				</a>
			))}
		</nav>
	);
}

function hrefOf(params: URLSearchParams, view: View): string {
	const next = new URLSearchParams(params);
	next.set("view", view);
	return `?${next}`;
}
