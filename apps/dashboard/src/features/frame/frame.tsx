"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { SignedOutNote } from "../access/signed-out-note.tsx";
import { CommandLayer } from "../palette/command-layer.tsx";
import { Rail } from "./rail.tsx";

/** Rail at the left (a bar at the top of narrow screens), the page beside it. Who is not signed in has neither. */
export function Frame({ children }: { readonly children: ReactNode }) {
	if (usePathname() === "/login") return <main className="flex min-h-dvh flex-col">{children}</main>;
	return (
		<div className="flex min-h-dvh flex-col sm:flex-row">
			<a
				href="#content"
				className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-control focus:bg-inverse focus:px-3 focus:py-2 focus:text-on-inverse"
			>
				Skip to content
			</a>
			<Rail />
			<main id="content" tabIndex={-1} className="flex min-w-0 flex-1 flex-col outline-none">
				<SignedOutNote />
				{children}
			</main>
			<CommandLayer />
		</div>
	);
}
