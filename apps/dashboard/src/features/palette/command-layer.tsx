"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { useShortcuts } from "../shortcuts/use-shortcuts.ts";
import { openPalette, usePaletteOpen } from "./palette-store.ts";

/** Both come with their first use: they weigh more than many a page. */
const Palette = dynamic(async () => (await import("./palette.tsx")).Palette, { ssr: false });
const ShortcutSheet = dynamic(async () => (await import("../shortcuts/shortcut-sheet.tsx")).ShortcutSheet, {
	ssr: false,
});

/** Palette and shortcut sheet, and the keys that work on every page. Stands once in the frame. */
export function CommandLayer() {
	const router = useRouter();
	const [isSheet, setSheet] = useState(false);
	const wasWanted = useRef(false);
	if (usePaletteOpen()) wasWanted.current = true;
	useShortcuts({
		"mod+k": () => openPalette(true),
		"?": () => setSheet(true),
		"g i": () => router.push("/instances"),
		"g w": () => router.push("/workflows"),
		"g o": () => router.push("/"),
	});
	return (
		<>
			{wasWanted.current ? <Palette onSheet={() => setSheet(true)} /> : null}
			{isSheet ? <ShortcutSheet onClose={() => setSheet(false)} /> : null}
		</>
	);
}
