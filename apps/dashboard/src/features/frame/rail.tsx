"use client";

import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { changeSettings, readSettings, useSettings } from "../../settings/settings.ts";
import { PaletteButton } from "../palette/palette-button.tsx";
import { useShortcuts } from "../shortcuts/use-shortcuts.ts";
import { Logo } from "./logo.tsx";
import { PLACES } from "./places.ts";
import { ThemeButton } from "./theme-button.tsx";

/** All pages: icons at the left, with words when it is wide; a strip at the top of narrow screens. */
export function Rail() {
	const path = usePathname();
	useShortcuts({ "[": toggle });
	return (
		<nav aria-label="Main" className="rail">
			<Link href="/" aria-label="Waymark, overview" className="mr-1 shrink-0 rounded-lg sm:mr-0 sm:mb-3 sm:ml-[7px]">
				<Logo size={26} />
			</Link>
			<PaletteButton />
			<ul className="rail-list">
				{PLACES.map(({ href, word, Icon }) => (
					<li key={href}>
						<Link href={href} title={word} aria-current={isHere(path, href) ? "page" : undefined} className="rail-item">
							<Icon aria-hidden size={18} />
							<span className="rail-word">{word}</span>
						</Link>
					</li>
				))}
			</ul>
			<span className="flex-1" />
			<span className="contents max-[420px]:hidden">
				<ThemeButton />
			</span>
			<WidthButton />
		</nav>
	);
}

function isHere(path: string, href: string): boolean {
	// Two instances side by side have no place of their own.
	if (path === "/compare") return href === "/instances";
	return href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
}

function toggle(): void {
	changeSettings({ rail: readSettings().rail === "wide" ? "narrow" : "wide" });
}

function WidthButton() {
	const isWide = useSettings().rail === "wide";
	const Icon = isWide ? PanelLeftClose : PanelLeftOpen;
	return (
		<button
			type="button"
			aria-expanded={isWide}
			aria-label="Words in the navigation"
			title="Words in the navigation ["
			onClick={toggle}
			className="rail-item max-sm:hidden"
		>
			<Icon aria-hidden size={18} />
			<span className="rail-word">Collapse</span>
		</button>
	);
}
