import type { ReactNode } from "react";
import { AccessChips } from "../access/access-chips.tsx";

interface PageHeaderProps {
	readonly title: ReactNode;
	/** Beside the title, quieter. */
	readonly note?: ReactNode;
	/** At the right end: what the page can do. */
	readonly children?: ReactNode;
}

/** The head of every page but that of an instance. */
export function PageHeader({ title, note, children }: PageHeaderProps) {
	return (
		<header className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-3">
			<h1 className="min-w-0 break-words font-semibold text-xl">{title}</h1>
			{note === undefined ? null : (
				<span className="pt-1 text-ink-faint text-sm max-sm:order-1 max-sm:-mt-3 max-sm:basis-full max-sm:pt-0">
					{note}
				</span>
			)}
			<span className="flex-1" />
			{children}
			<AccessChips />
		</header>
	);
}

/** The space that a page stands in. */
export function Page({ children }: { readonly children: ReactNode }) {
	return <div className="flex min-w-0 flex-1 flex-col px-4 pt-4 pb-10 sm:px-6 sm:pt-5">{children}</div>;
}
