"use client";

import { Search } from "lucide-react";
import { openPalette } from "./palette-store.ts";

/** Opens the palette by hand. */
export function PaletteButton() {
	return (
		<button
			type="button"
			aria-label="Search or jump to"
			title="Search or jump to… ⌘K"
			onClick={() => openPalette(true)}
			className="rail-item"
		>
			<Search aria-hidden size={18} />
			<span className="rail-word">Search or jump to…</span>
		</button>
	);
}
