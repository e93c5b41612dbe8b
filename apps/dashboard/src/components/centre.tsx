import type { ReactNode } from "react";

interface CentreProps {
	readonly icon: ReactNode;
	readonly title: string;
	/** It is all that the page has to say. */
	readonly isPage?: boolean;
	readonly children: ReactNode;
}

/** In the middle of an empty panel: what is the case, why, and what can be done. */
export function Centre({ icon, title, isPage = false, children }: CentreProps) {
	const Title = isPage ? "h1" : "h2";
	return (
		<div className="flex flex-col items-center px-6 py-16 text-center">
			<span
				aria-hidden
				className="mb-4 inline-flex size-10 items-center justify-center rounded-card border border-line text-ink-muted"
			>
				{icon}
			</span>
			<Title className={`font-semibold ${isPage ? "text-xl" : "text-lg"}`}>{title}</Title>
			<div className="mt-1.5 flex w-full max-w-150 flex-col items-center gap-4 text-ink-muted text-sm">{children}</div>
		</div>
	);
}
