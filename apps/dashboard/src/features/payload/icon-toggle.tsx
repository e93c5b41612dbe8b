import type { ReactNode } from "react";

interface IconToggleProps {
	readonly label: string;
	/** Absent for what is no toggle. */
	readonly pressed?: boolean;
	readonly onClick: () => void;
	readonly children: ReactNode;
}

export function IconToggle({ label, pressed, onClick, children }: IconToggleProps) {
	return (
		<button
			type="button"
			aria-label={label}
			title={label}
			aria-pressed={pressed}
			onClick={onClick}
			className="inline-flex size-[24px] shrink-0 items-center justify-center rounded-control hover:bg-hover aria-pressed:bg-pressed aria-pressed:text-ink"
		>
			{children}
		</button>
	);
}
