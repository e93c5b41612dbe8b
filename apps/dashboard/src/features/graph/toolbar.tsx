import { ArrowDownUp, Crosshair, Map as MapIcon, Maximize2, Minus, MoveRight, Plus } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { Tooltip } from "../../components/tooltip.tsx";
import type { Direction } from "../../graph/geometry.ts";
import { Legend } from "./legend.tsx";
import type { StatusFilter } from "./status-filter.ts";
import type { Camera } from "./use-camera.ts";

interface ToolbarProps {
	readonly camera: Camera;
	/** The element that the zoom is written into, so that zooming renders nothing. */
	readonly zoomText: RefObject<HTMLSpanElement | null>;
	/** Null: nothing more will run. */
	readonly follow: "on" | "off" | "paused" | null;
	readonly onFollow: () => void;
	readonly direction: Direction;
	readonly onDirection: (direction: Direction) => void;
	readonly isMapShown: boolean;
	readonly onMap: () => void;
	readonly filter: StatusFilter;
	/** A definition by itself has no states. */
	readonly isPlan: boolean;
}

export function Toolbar(props: ToolbarProps) {
	const { camera, zoomText, follow, onFollow, direction, onDirection, isMapShown, onMap, filter, isPlan } = props;
	const turned: Direction = direction === "right" ? "down" : "right";
	return (
		<div role="toolbar" aria-label="Graph view" className="plan-toolbar">
			<Tool label="Zoom out" hint="Zoom out  −" onClick={() => camera.zoomBy(0.8)}>
				<Minus aria-hidden size={15} />
			</Tool>
			<Tooltip content="Zoom to 100 %  1">
				<button
					type="button"
					aria-label="Zoom to 100 %"
					className="plan-tool w-12 max-sm:hidden"
					onClick={() => camera.zoomTo(1)}
				>
					<span ref={zoomText} className="tabular-nums" />
				</button>
			</Tooltip>
			<Tool label="Zoom in" hint="Zoom in  +" onClick={() => camera.zoomBy(1.25)}>
				<Plus aria-hidden size={15} />
			</Tool>
			<Tool label="Fit the whole plan" hint="Fit the whole plan  0" onClick={camera.fit}>
				<Maximize2 aria-hidden size={14} />
			</Tool>
			<Tool
				label={turned === "down" ? "Run from top to bottom" : "Run from left to right"}
				hint={turned === "down" ? "Run from top to bottom" : "Run from left to right"}
				onClick={() => onDirection(turned)}
			>
				{turned === "down" ? <ArrowDownUp aria-hidden size={14} /> : <MoveRight aria-hidden size={14} />}
			</Tool>
			<Tool
				label="Minimap"
				isMap
				hint={isMapShown ? "Hide the map, which comes when not all is in view" : "Show the map when not all is in view"}
				isPressed={isMapShown}
				onClick={onMap}
			>
				<MapIcon aria-hidden size={14} />
			</Tool>
			{follow === null && isPlan ? null : <span aria-hidden className="mx-0.5 h-4 w-px bg-line" />}
			{follow !== null && (
				<Tooltip content="Keep the newest running node in view  L">
					<button
						type="button"
						className="plan-tool gap-1.5 px-2"
						aria-pressed={follow === "on"}
						aria-label={follow === "paused" ? "Follow running, paused because you moved the view" : "Follow running"}
						onClick={onFollow}
					>
						<Crosshair aria-hidden size={14} />
						<span className="max-sm:sr-only">Follow running</span>
					</button>
				</Tooltip>
			)}
			{!isPlan && <Legend filter={filter} />}
		</div>
	);
}

interface ToolProps {
	readonly label: string;
	readonly hint: string;
	readonly isPressed?: boolean;
	readonly isMap?: boolean;
	readonly onClick: () => void;
	readonly children: ReactNode;
}

function Tool({ label, hint, isPressed, isMap, onClick, children }: ToolProps) {
	return (
		<Tooltip content={hint}>
			<button
				type="button"
				aria-label={label}
				aria-pressed={isPressed}
				data-map={isMap}
				className="plan-tool w-7"
				onClick={onClick}
			>
				{children}
			</button>
		</Tooltip>
	);
}
