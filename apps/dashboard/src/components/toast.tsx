"use client";

import { lazy, Suspense, useSyncExternalStore } from "react";

interface ToastOptions {
	readonly title: string;
	readonly text?: string;
	/** Where the subject of the toast is. */
	readonly href?: string;
	readonly retry?: () => void;
}

/** Good news goes after 5 s. */
export function toast({ title, text, href }: ToastOptions): void {
	void show((manager) =>
		manager.add({
			title,
			timeout: 5_000,
			...(text === undefined ? {} : { description: text }),
			data: { tone: "plain", ...(href === undefined ? {} : { href }) },
		}),
	);
}

/** Errors stay until they are closed. */
export function toastError({ title, text, href, retry }: ToastOptions): void {
	void show((manager) =>
		manager.add({
			title,
			timeout: 0,
			priority: "high",
			...(text === undefined ? {} : { description: text }),
			data: { tone: "error", ...(href === undefined ? {} : { href }), ...(retry === undefined ? {} : { retry }) },
		}),
	);
}

type View = typeof import("./toast-view.tsx");

const View = lazy(() => import("./toast-view.tsx"));
const listeners = new Set<() => void>();
let wanted = false;

/** Most pages never show one: what shows them is loaded with the first. */
async function show(add: (manager: View["toastManager"]) => void): Promise<void> {
	const { toastManager } = await import("./toast-view.tsx");
	wanted = true;
	for (const listener of listeners) listener();
	// Once the view is there to hear of it.
	setTimeout(() => add(toastManager), 0);
}

/** Where toasts appear. Stands once in the page. */
export function ToastHost() {
	const isWanted = useSyncExternalStore(
		(listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		() => wanted,
		() => false,
	);
	return isWanted ? (
		<Suspense fallback={null}>
			<View />
		</Suspense>
	) : null;
}
