"use client";

import { ListTree } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Tooltip } from "../../components/tooltip.tsx";
import { PaletteButton } from "../palette/palette-button.tsx";
import { Logo } from "./logo.tsx";
import { ThemeMenu } from "./theme-menu.tsx";

export function Rail() {
	const here = usePathname().startsWith("/instances");
	return (
		<nav
			aria-label="Main"
			className="flex h-12 shrink-0 items-center gap-1 border-line border-b bg-canvas px-3 sm:sticky sm:top-0 sm:h-dvh sm:w-14 sm:flex-col sm:border-r sm:border-b-0 sm:px-0 sm:py-3"
		>
			<Link href="/instances" aria-label="Waymark, start page" className="mr-2 rounded-lg sm:mr-0 sm:mb-3">
				<Logo size={26} />
			</Link>
			<Tooltip content="Instances" side="right">
				<Link
					href="/instances"
					aria-current={here ? "page" : undefined}
					className="inline-flex h-9 items-center gap-2 rounded-control px-2 text-ink-muted hover:bg-hover hover:text-ink aria-[current=page]:bg-pressed aria-[current=page]:text-ink sm:w-9 sm:justify-center sm:px-0"
				>
					<ListTree aria-hidden size={18} />
					<span className="text-sm sm:sr-only">Instances</span>
				</Link>
			</Tooltip>
			<PaletteButton />
			<span className="flex-1" />
			<ThemeMenu />
		</nav>
	);
}
