"use client";

import { type ComponentProps, lazy, type ReactNode, Suspense, useId } from "react";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./button-class.ts";

/** Few buttons ever say why they cannot be used: what shows that is loaded with the first of them. */
const Tooltip = lazy(async () => ({ default: (await import("./tooltip.tsx")).Tooltip }));

export interface ButtonProps extends Omit<ComponentProps<"button">, "disabled"> {
	readonly variant?: ButtonVariant;
	readonly size?: ButtonSize;
	/** Why it cannot be used now. It stays focusable and says so. */
	readonly unavailable?: string | null;
	/** Where that is shown, if there is room. */
	readonly hintSide?: "top" | "bottom";
	readonly busy?: boolean;
	readonly icon?: ReactNode;
}

export function Button({
	variant = "secondary",
	size = "md",
	unavailable = null,
	hintSide = "top",
	busy = false,
	icon,
	className = "",
	children,
	onClick,
	...rest
}: ButtonProps) {
	const blocked = unavailable !== null || busy;
	const why = useId();
	const button = (
		<button
			type="button"
			{...rest}
			aria-describedby={unavailable === null ? rest["aria-describedby"] : why}
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
	if (unavailable === null) return button;
	return (
		<>
			<Suspense fallback={button}>
				<Tooltip content={unavailable} side={hintSide}>
					{button}
				</Tooltip>
			</Suspense>
			{/* Takes no room, and is read with the button whether or not the hint is shown. */}
			<span id={why} hidden>
				{unavailable}
			</span>
		</>
	);
}
