import type { ReactNode } from "react";

interface CardProps {
	readonly title: ReactNode;
	/** At the right of the title: a count, a link. */
	readonly aside?: ReactNode;
	readonly className?: string;
	readonly children: ReactNode;
}

/** A titled box; a region of its own for assistive technology. */
export function Card({ title, aside, className = "", children }: CardProps) {
	const name = typeof title === "string" ? { "aria-label": title } : {};
	return (
		<section {...name} className={`flex min-w-0 flex-col rounded-card border border-line bg-raised ${className}`}>
			<div className="flex min-h-11 items-center gap-2 border-line border-b px-4">
				<h2 className="font-semibold text-base">{title}</h2>
				<span className="flex-1" />
				{aside}
			</div>
			{children}
		</section>
	);
}
