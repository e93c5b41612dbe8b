"use client";

import { ChevronDown } from "lucide-react";
import { type ReactNode, useId, useRef } from "react";

interface PopoverProps {
	/** What the button says, and what it is called. */
	readonly label: ReactNode;
	readonly name: string;
	/** Something is chosen inside. */
	readonly active?: boolean;
	readonly children: ReactNode;
}

const GAP_PX = 6;
const EDGE_PX = 8;

/** A button with a panel below it. The browser's own popover: it closes by Escape or a click beside it, and gives the focus back. */
export function Popover({ label, name, active = false, children }: PopoverProps) {
	const id = useId();
	const button = useRef<HTMLButtonElement>(null);
	const panel = useRef<HTMLDivElement>(null);
	const place = () => {
		const at = button.current?.getBoundingClientRect();
		if (at === undefined || panel.current === null) return;
		const room = window.innerWidth - panel.current.offsetWidth - EDGE_PX;
		panel.current.style.left = `${Math.max(EDGE_PX, Math.min(at.left, room))}px`;
		panel.current.style.top = `${at.bottom + GAP_PX}px`;
		panel.current.style.maxHeight = `${Math.max(160, window.innerHeight - at.bottom - GAP_PX - EDGE_PX)}px`;
	};
	return (
		<>
			<button
				ref={button}
				type="button"
				popoverTarget={id}
				aria-label={name}
				className={`inline-flex h-7 max-w-60 shrink-0 items-center gap-1.5 rounded-full border px-2.5 font-medium text-xs hover:bg-hover hover:text-ink ${active ? "border-ink-faint bg-pressed text-ink" : "border-line bg-raised text-ink-muted"}`}
			>
				<span className="truncate">{label}</span>
				<ChevronDown aria-hidden size={13} />
			</button>
			<div
				ref={panel}
				id={id}
				popover="auto"
				onToggle={place}
				className="fixed m-0 min-w-52 max-w-[calc(100vw-16px)] overflow-y-auto rounded-card border border-line bg-raised p-1 text-ink shadow-pop"
			>
				{children}
			</div>
		</>
	);
}
