"use client";

import { CircleAlert, Lock, Unplug } from "lucide-react";
import { RequestError } from "../api/fetch-json.ts";
import { Button } from "./button.tsx";
import { Centre } from "./centre.tsx";
import { CopyDetails } from "./copy-details.tsx";
import { Skeleton } from "./skeleton.tsx";

interface AwaitedProps {
	/** What is asked for, as the subject of a sentence: "The list of workers". */
	readonly what: string;
	/** Null: it is on its way. */
	readonly error: Error | null;
	onRetry(): void;
}

/** In the place of what a page asks for: grey rows while it comes; else what happened, and the way out. */
export function Awaited({ what, error, onRetry }: AwaitedProps) {
	return (
		<div className="rounded-card border border-line bg-raised">
			<AwaitedRows what={what} error={error} onRetry={onRetry} />
		</div>
	);
}

/** The same inside a box that is there already. */
export function AwaitedRows({ what, error, onRetry }: AwaitedProps) {
	if (error === null) return <SkeletonRows what={what} />;
	const code = error instanceof RequestError ? error.code : null;
	const reference = error instanceof RequestError ? error.reference : null;
	const Icon = code === "Forbidden" ? Lock : code === "Offline" ? Unplug : CircleAlert;
	return (
		<Centre
			icon={<Icon size={18} />}
			title={code === "Forbidden" ? "You may not see this" : `${what} could not be loaded`}
		>
			<p role="alert" className="wrap-anywhere">
				{error.message}
			</p>
			{reference === null ? null : <p className="font-mono text-xs">Reference {reference}</p>}
			<div className="flex flex-wrap justify-center gap-2">
				<Button variant="primary" onClick={onRetry}>
					Retry
				</Button>
				<CopyDetails error={error} />
			</div>
		</Centre>
	);
}

const ROWS = ["a", "b", "c", "d", "e", "f", "g", "h"];

function SkeletonRows({ what }: { readonly what: string }) {
	return (
		<>
			<p role="status" className="sr-only">
				{what}: loading
			</p>
			<div aria-hidden>
				{ROWS.map((row) => (
					<div
						key={row}
						className="flex h-11 items-center gap-8 overflow-hidden border-line border-b px-4 last:border-b-0"
					>
						<Skeleton className="h-3.5 w-24" />
						<Skeleton className="h-3.5 w-40" />
						<Skeleton className="h-3.5 w-28" />
						<Skeleton className="h-2 w-20" />
					</div>
				))}
			</div>
		</>
	);
}
