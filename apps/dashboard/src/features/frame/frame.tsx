import type { ReactNode } from "react";
import { CommandLayer } from "../palette/command-layer.tsx";
import { Rail } from "./rail.tsx";

/** Rail at the left (a bar at the top of narrow screens), the page beside it. */
export function Frame({ children }: { readonly children: ReactNode }) {
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
				{children}
			</main>
			<CommandLayer />
		</div>
	);
}
