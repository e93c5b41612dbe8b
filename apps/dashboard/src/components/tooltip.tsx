"use client";

import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";

interface TooltipProps {
	readonly content: ReactNode;
	/** The element that is hovered or focused; it gets the trigger's props. */
	readonly children: ReactElement<Record<string, unknown>>;
	readonly side?: "top" | "bottom" | "left" | "right";
}

/** A hint that can itself be hovered and is dismissed by Escape. Nothing stands only here. */
export function Tooltip({ content, children, side = "top" }: TooltipProps) {
	return (
		<Base.Root>
			<Base.Trigger render={children} delay={350} closeDelay={0} />
			<Base.Portal>
				<Base.Positioner side={side} sideOffset={6} className="z-50">
					<Base.Popup className="pop max-w-80 rounded-control border border-line bg-raised px-2 py-1 text-xs text-ink shadow-pop">
						{content}
					</Base.Popup>
				</Base.Positioner>
			</Base.Portal>
		</Base.Root>
	);
}
