"use client";

import { Search } from "lucide-react";
import { Tooltip } from "../../components/tooltip.tsx";
import { openPalette } from "./palette-store.ts";

/** Opens the palette by hand. */
export function PaletteButton() {
	return (
		<Tooltip content="Search or jump to… ⌘K" side="right">
			<button
				type="button"
				aria-label="Search or jump to"
				onClick={() => openPalette(true)}
				className="inline-flex size-9 items-center justify-center rounded-control text-ink-muted hover:bg-hover hover:text-ink"
			>
				<Search aria-hidden size={17} />
			</button>
		</Tooltip>
	);
}
