"use client";

import { Toast as Base } from "@base-ui/react/toast";
import { X } from "lucide-react";
import Link from "next/link";
import { useEffect } from "react";

export const toastManager = Base.createToastManager<ToastData>();

interface ToastData {
	readonly tone: "plain" | "error";
	readonly href?: string;
	readonly retry?: () => void;
}

interface ToastViewProps {
	/** Called once toasts that are added are heard of. */
	onReady(manager: typeof toastManager): void;
}

/** All toasts of the page. Not part of it (see toast.tsx). */
export default function ToastView({ onReady }: ToastViewProps) {
	// Effects run from the inside out: the provider listens by now.
	useEffect(() => onReady(toastManager), [onReady]);
	return (
		<Base.Provider toastManager={toastManager} limit={3}>
			<Base.Portal>
				<Base.Viewport className="fixed right-4 bottom-4 z-50 flex w-[min(360px,calc(100vw-32px))] flex-col gap-2">
					<ToastList />
				</Base.Viewport>
			</Base.Portal>
		</Base.Provider>
	);
}

function ToastList() {
	const { toasts, close } = Base.useToastManager<ToastData>();
	return toasts.map((item) => {
		const { tone, href, retry } = item.data ?? { tone: "plain" as const };
		return (
			<Base.Root
				key={item.id}
				toast={item}
				className={`pop flex items-start gap-3 rounded-card border bg-raised p-3 text-sm shadow-pop ${tone === "error" ? "border-danger-line" : "border-line"}`}
			>
				<div className="min-w-0 flex-1">
					<Base.Title className={`font-medium ${tone === "error" ? "text-danger-ink" : ""}`} />
					<Base.Description className="mt-0.5 break-words text-ink-muted" />
					<div className="mt-1 flex gap-3 text-link empty:hidden">
						{href === undefined ? null : (
							<Link href={href} className="hover:underline">
								Open
							</Link>
						)}
						{retry === undefined ? null : (
							<button
								type="button"
								className="hover:underline"
								onClick={() => {
									close(item.id);
									retry();
								}}
							>
								Try again
							</button>
						)}
					</div>
				</div>
				<Base.Close
					aria-label="Close"
					className="inline-flex size-6 items-center justify-center rounded-control text-ink-faint hover:bg-hover hover:text-ink"
				>
					<X aria-hidden size={14} />
				</Base.Close>
			</Base.Root>
		);
	});
}
