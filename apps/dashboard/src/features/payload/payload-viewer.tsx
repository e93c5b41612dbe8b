"use client";

import "./payload.css";
import { Dialog as Base } from "@base-ui/react/dialog";
import { useState } from "react";
import { RequestError } from "../../api/fetch-json.ts";
import { Button } from "../../components/button.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import type { ValueResponse } from "../../server/wire.ts";
import { formatBytes } from "../../time/format.ts";
import { useDenial } from "../access/access-provider.tsx";
import { HiddenNote } from "../access/hidden-note.tsx";
import { HiddenBar } from "./hidden-bar.tsx";
import { useReveal } from "./use-reveal.ts";
import { useValue, type ValueAddress } from "./use-value.ts";
import { ValueView } from "./value-view.tsx";

/** Up to this many bytes are shown without being asked for; up to the next on a click. */
const INLINE_BYTES = 256 * 1024;
const LOADABLE_BYTES = 2 * 1024 * 1024;

interface PayloadViewerProps extends ValueAddress {
	/** "Input" or "Output": names the region. */
	readonly title: string;
}

/** One recorded value: looked at as a tree, a table or as text, never as markup. */
export function PayloadViewer({ title, ...address }: PayloadViewerProps) {
	const [wantsAll, setWantsAll] = useState(false);
	const [isFull, setFull] = useState(false);
	const hidden = useDenial("data");
	const head = useValue(address, false, hidden === null);
	const size = head.data?.size ?? 0;
	const isCut = head.data?.encoding === "text" && head.data.truncated;
	const loadsAll = isCut && size <= LOADABLE_BYTES && (wantsAll || size <= INLINE_BYTES);
	const all = useValue(address, true, loadsAll);
	const reveal = useReveal(address);
	const value = reveal.clear ?? (loadsAll ? (all.data ?? head.data) : head.data);
	if (hidden !== null) return <HiddenNote text={hidden} />;
	if (head.isPending) return <Skeleton className="h-24 w-full" />;
	if (value === undefined) return <LoadError error={head.error} onRetry={() => void head.refetch()} />;
	const missing = (
		<MissingPart
			value={value}
			isLoading={loadsAll && all.isFetching}
			{...(isCut && size <= LOADABLE_BYTES ? { onAll: () => setWantsAll(true) } : {})}
		/>
	);
	const isClear = reveal.clear !== null;
	const shown = { value, address, title, isClear };
	const key = `${address.valueRef} ${isClear}`;
	return (
		<section aria-label={title} className="flex min-h-0 flex-col gap-2">
			<HiddenBar count={value.hidden} reveal={reveal} />
			<ValueView key={key} {...shown} onFull={() => setFull(true)} />
			{missing}
			<Base.Root open={isFull} onOpenChange={setFull}>
				<Base.Portal>
					<Base.Backdrop className="fade fixed inset-0 z-40 bg-overlay" />
					<Base.Popup className="payload-full pop fixed inset-2 z-50 flex flex-col gap-2 rounded-dialog border border-line bg-raised p-3 shadow-pop sm:inset-6 sm:p-4">
						<div className="flex items-center justify-between">
							<Base.Title className="font-semibold text-lg">{title}</Base.Title>
							<Button size="sm" onClick={() => setFull(false)}>
								Close
							</Button>
						</div>
						<HiddenBar count={value.hidden} reveal={reveal} />
						<ValueView key={key} {...shown} />
						{missing}
					</Base.Popup>
				</Base.Portal>
			</Base.Root>
		</section>
	);
}

interface MissingPartProps {
	readonly value: ValueResponse;
	readonly isLoading: boolean;
	/** Absent where the rest is too much to be shown at all. */
	readonly onAll?: () => void;
}

function MissingPart({ value, isLoading, onAll }: MissingPartProps) {
	if (!value.truncated || value.encoding !== "text") return null;
	return (
		<div className="flex flex-wrap items-center gap-2 text-ink-muted text-xs">
			<span>
				The first {formatBytes(new TextEncoder().encode(value.text).length)} of {formatBytes(value.size)}, as text.
				{onAll === undefined ? " Download it to see the rest." : ""}
			</span>
			{onAll === undefined ? null : (
				<Button size="sm" busy={isLoading} onClick={onAll}>
					Load all
				</Button>
			)}
		</div>
	);
}

function LoadError({ error, onRetry }: { readonly error: Error | null; readonly onRetry: () => void }) {
	const isMissing = error instanceof RequestError && error.code === "ValueNotFound";
	return (
		<div className="flex flex-col items-start gap-2 rounded-card border border-line p-3 text-ink-muted text-sm">
			<p>{error?.message ?? "The value could not be loaded."}</p>
			{!isMissing && (
				<Button size="sm" onClick={onRetry}>
					Retry
				</Button>
			)}
		</div>
	);
}
