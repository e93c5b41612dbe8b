"use client";

import { ListTree, type LucideIcon, Workflow } from "lucide-react";

export type Shape = "graph" | "outline";

const SHAPES = [
	{ shape: "graph", word: "Picture", Icon: Workflow },
	{ shape: "outline", word: "Outline", Icon: ListTree },
] as const satisfies readonly { readonly shape: Shape; readonly word: string; readonly Icon: LucideIcon }[];

interface ShapeSwitchProps {
	readonly shape: Shape;
	onShape(shape: Shape): void;
}

/** The same plan as picture or as outline. */
export function ShapeSwitch({ shape, onShape }: ShapeSwitchProps) {
	return (
		<fieldset
			aria-label="Show the graph as"
			className="flex shrink-0 gap-0.5 rounded-control bg-pressed p-0.5 max-sm:my-2 max-sm:w-full"
		>
			{SHAPES.map(({ shape: name, word, Icon }) => (
				<button
					key={name}
					type="button"
					aria-pressed={name === shape}
					onClick={() => onShape(name)}
					className="inline-flex h-6 items-center justify-center gap-1.5 rounded px-2 max-sm:h-7 max-sm:flex-1 text-ink-muted text-xs hover:text-ink aria-pressed:bg-raised aria-pressed:text-ink aria-pressed:shadow-sm"
				>
					<Icon aria-hidden size={13} />
					{word}
				</button>
			))}
		</fieldset>
	);
}
