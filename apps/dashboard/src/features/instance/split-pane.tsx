"use client";

import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useState } from "react";

const KEY = "waymark.inspector-width";
const DEFAULT = 420;
const MIN = 320;
const MAX_SHARE = 0.6;
const STEP = 24;

interface SplitPaneProps {
	readonly children: ReactNode;
	/** Null: closed. */
	readonly side: ReactNode | null;
}

/** Content and inspector side by side; below 1024 px the inspector is a sheet over it, below 640 px the whole screen. */
export function SplitPane({ children, side }: SplitPaneProps) {
	const [width, setWidth] = useState(DEFAULT);
	useEffect(() => {
		const stored = Number(readStored());
		if (stored >= MIN) setWidth(clamp(stored));
	}, []);
	const resize = (next: number) => {
		setWidth(clamp(next));
		store(clamp(next));
	};
	return (
		<div className="flex min-h-0 flex-1 print:block">
			<div className="relative flex min-h-[60dvh] min-w-0 flex-1 flex-col max-sm:max-h-[85dvh] sm:min-h-0">
				{children}
			</div>
			{side === null ? null : (
				<>
					<Handle width={width} onResize={resize} />
					<aside
						aria-label="Inspector"
						style={{ "--width": `${width}px` } as React.CSSProperties}
						className="fixed inset-0 z-30 flex flex-col overflow-hidden border-line bg-page sm:left-auto sm:w-[min(440px,85vw)] sm:border-l sm:shadow-pop lg:static lg:z-auto lg:w-(--width) lg:shrink-0 lg:border-l-0 lg:shadow-none print:static print:mt-4 print:w-full print:border-l-0 print:border-t print:shadow-none"
					>
						{side}
					</aside>
				</>
			)}
		</div>
	);
}

function Handle({ width, onResize }: { readonly width: number; onResize(width: number): void }) {
	const drag = (event: PointerEvent<HTMLDivElement>) => {
		if (event.buttons === 1) onResize(window.innerWidth - event.clientX);
	};
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.key === "ArrowLeft") onResize(width + STEP);
		else if (event.key === "ArrowRight") onResize(width - STEP);
		else return;
		event.preventDefault();
	};
	return (
		// biome-ignore lint/a11y/useSemanticElements: an <hr> cannot be moved; this is the window splitter pattern.
		<div
			role="separator"
			tabIndex={0}
			aria-label="Width of the inspector"
			aria-orientation="vertical"
			aria-valuenow={width}
			aria-valuemin={MIN}
			aria-valuemax={960}
			onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
			onPointerMove={drag}
			onDoubleClick={() => onResize(DEFAULT)}
			onKeyDown={onKeyDown}
			className="group relative hidden w-px shrink-0 cursor-col-resize touch-none bg-line before:absolute before:inset-y-0 before:-left-1.5 before:w-3 hover:bg-focus lg:block"
		/>
	);
}

function clamp(width: number): number {
	return Math.round(Math.min(Math.max(width, MIN), window.innerWidth * MAX_SHARE));
}

function readStored(): string | null {
	try {
		return localStorage.getItem(KEY);
	} catch {
		return null;
	}
}

function store(width: number): void {
	try {
		localStorage.setItem(KEY, String(width));
	} catch {
		// Storage is closed to us: the width holds for this page only.
	}
}
