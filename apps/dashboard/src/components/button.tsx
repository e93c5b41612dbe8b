"use client";

import type { ComponentProps, ReactNode } from "react";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./button-class.ts";
import { Tooltip } from "./tooltip.tsx";

export interface ButtonProps extends Omit<ComponentProps<"button">, "disabled"> {
	readonly variant?: ButtonVariant;
	readonly size?: ButtonSize;
	/** Why it cannot be used now. It stays focusable and says so. */
	readonly unavailable?: string | null;
	readonly busy?: boolean;
	readonly icon?: ReactNode;
}

export function Button({
	variant = "secondary",
	size = "md",
	unavailable = null,
	busy = false,
	icon,
	className = "",
	children,
	onClick,
	...rest
}: ButtonProps) {
	const blocked = unavailable !== null || busy;
	const button = (
		<button
			type="button"
			{...rest}
			aria-disabled={blocked || undefined}
			aria-busy={busy || undefined}
			className={`${buttonClass(variant, size)} ${className}`}
			onClick={(event) => {
				if (blocked) event.preventDefault();
				else onClick?.(event);
			}}
		>
			{icon}
			{children}
		</button>
	);
	return unavailable === null ? button : <Tooltip content={unavailable}>{button}</Tooltip>;
}
