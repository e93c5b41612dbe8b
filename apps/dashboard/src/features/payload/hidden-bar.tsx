"use client";

import { Eye, EyeOff } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { formatCount } from "../../time/format.ts";
import { useDenial } from "../access/access-provider.tsx";
import type { Reveal } from "./use-reveal.ts";

interface HiddenBarProps {
	/** How many values are hidden. */
	readonly count: number;
	readonly reveal: Reveal;
}

/** Says that something is hidden, and shows it to who may see it. Nothing where nothing is. */
export function HiddenBar({ count, reveal }: HiddenBarProps) {
	const denial = useDenial("reveal");
	const isClear = reveal.clear !== null;
	if (count === 0 && !isClear) return null;
	return (
		<div
			role="status"
			className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-card border border-line bg-raised px-3 py-1.5 text-ink-muted text-xs"
		>
			<span className="min-w-0 flex-1">
				{reveal.problem ??
					(isClear
						? "Shown in clear. The audit says that you looked."
						: `${formatCount(count)} ${count === 1 ? "value is" : "values are"} hidden by policy.`)}
			</span>
			{isClear ? (
				<Button size="sm" icon={<EyeOff aria-hidden size={13} />} onClick={reveal.hide}>
					Hide
				</Button>
			) : (
				<Button
					size="sm"
					icon={<Eye aria-hidden size={13} />}
					unavailable={denial}
					busy={reveal.isAsking}
					onClick={reveal.ask}
				>
					Show
				</Button>
			)}
		</div>
	);
}
