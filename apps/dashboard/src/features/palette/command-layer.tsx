"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ShortcutSheet } from "../shortcuts/shortcut-sheet.tsx";
import { useShortcuts } from "../shortcuts/use-shortcuts.ts";
import { Palette } from "./palette.tsx";
import { openPalette } from "./palette-store.ts";

/** Palette and shortcut sheet, and the keys that work on every page. Stands once in the frame. */
export function CommandLayer() {
	const router = useRouter();
	const [isSheet, setSheet] = useState(false);
	useShortcuts({
		"mod+k": () => openPalette(true),
		"?": () => setSheet(true),
		"g i": () => router.push("/instances"),
		"g w": () => router.push("/workflows"),
		"g o": () => router.push("/"),
	});
	return (
		<>
			<Palette onSheet={() => setSheet(true)} />
			{isSheet ? <ShortcutSheet onClose={() => setSheet(false)} /> : null}
		</>
	);
}
