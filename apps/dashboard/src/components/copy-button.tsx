"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Tooltip } from "./tooltip.tsx";

/** Copies a text and says that it did. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
	const [done, setDone] = useState(false);
	useEffect(() => {
		if (!done) return undefined;
		const timer = setTimeout(() => setDone(false), 1_500);
		return () => clearTimeout(timer);
	}, [done]);
	return (
		<Tooltip content={done ? "Copied" : label}>
			<button
				type="button"
				aria-label={done ? "Copied" : label}
				onClick={() => void navigator.clipboard.writeText(text).then(() => setDone(true))}
				className="inline-flex size-[24px] shrink-0 items-center justify-center rounded-control text-ink-faint hover:bg-hover hover:text-ink"
			>
				{done ? <Check aria-hidden size={13} /> : <Copy aria-hidden size={13} />}
			</button>
		</Tooltip>
	);
}
