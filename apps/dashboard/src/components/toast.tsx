"use client";

import { lazy, Suspense, useEffect, useSyncExternalStore } from "react";

interface ToastOptions {
	readonly title: string;
	readonly text?: string;
	/** Where the subject of the toast is. */
	readonly href?: string;
	readonly retry?: () => void;
}

/** Good news goes after 5 s. */
export function toast({ title, text, href }: ToastOptions): void {
	show((manager) =>
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
	show((manager) =>
		manager.add({
			title,
			timeout: 0,
			priority: "high",
			...(text === undefined ? {} : { description: text }),
			data: { tone: "error", ...(href === undefined ? {} : { href }), ...(retry === undefined ? {} : { retry }) },
		}),
	);
}

type Manager = typeof import("./toast-view.tsx")["toastManager"];

const View = lazy(() => import("./toast-view.tsx"));
/** From a page that has no connection. */
const AGAIN_MS = 2_000;
const EARLY_MS = 1_000;
const listeners = new Set<() => void>();
let isLoaded = false;
let manager: Manager | null = null;
/** Toasts from before the view was there to hear of them. */
const waiting: ((manager: Manager) => void)[] = [];

function show(add: (manager: Manager) => void): void {
	if (manager !== null) {
		add(manager);
		return;
	}
	waiting.push(add);
	if (waiting.length === 1) void load();
}

/** Most pages never show one: what shows them is not part of the page. */
async function load(): Promise<void> {
	try {
		await import("./toast-view.tsx");
	} catch {
		setTimeout(() => void load(), AGAIN_MS);
		return;
	}
	isLoaded = true;
	for (const listener of listeners) listener();
}

function begin(ready: Manager): void {
	manager = ready;
	for (const add of waiting.splice(0)) add(ready);
}

/** Where toasts appear. Stands once in the page. */
export function ToastHost() {
	const shows = useSyncExternalStore(
		(listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		() => isLoaded,
		() => false,
	);
	useEffect(() => {
		// What most toasts tell is that the server does not answer, and then it could not send this either.
		const early = setTimeout(() => void import("./toast-view.tsx").catch(() => undefined), EARLY_MS);
		return () => clearTimeout(early);
	}, []);
	return shows ? (
		<Suspense fallback={null}>
			<View onReady={begin} />
		</Suspense>
	) : null;
}
