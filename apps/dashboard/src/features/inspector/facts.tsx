import type { ReactNode } from "react";

/** Names and values in two columns. */
export function Facts({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) {
	return (
		<dl className="grid grid-cols-[minmax(96px,max-content)_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm">
			{facts.map(([name, value]) => (
				<div key={name} className="contents">
					<dt className="text-ink-muted">{name}</dt>
					<dd className="min-w-0 text-pretty tabular-nums [overflow-wrap:anywhere]">{value}</dd>
				</div>
			))}
		</dl>
	);
}
