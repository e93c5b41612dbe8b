import { Crosshair, Maximize2, Minus, Plus } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { Tooltip } from "../../components/tooltip.tsx";
import { Legend } from "./legend.tsx";
import type { Camera } from "./use-camera.ts";

interface ToolbarProps {
	readonly camera: Camera;
	/** The element that the zoom is written into, so that zooming renders nothing. */
	readonly zoomText: RefObject<HTMLSpanElement | null>;
	readonly follow: "on" | "off" | "paused";
	readonly onFollow: () => void;
}

export function Toolbar({ camera, zoomText, follow, onFollow }: ToolbarProps) {
	return (
		<div role="toolbar" aria-label="Graph view" className="plan-toolbar">
			<Tool label="Zoom out" hint="Zoom out  −" onClick={() => camera.zoomBy(0.8)}>
				<Minus aria-hidden size={15} />
			</Tool>
			<Tooltip content="Zoom to 100 %  1">
				<button type="button" aria-label="Zoom to 100 %" className="plan-tool w-12" onClick={() => camera.zoomTo(1)}>
					<span ref={zoomText} className="tabular-nums" />
				</button>
			</Tooltip>
			<Tool label="Zoom in" hint="Zoom in  +" onClick={() => camera.zoomBy(1.25)}>
				<Plus aria-hidden size={15} />
			</Tool>
			<Tool label="Fit the whole plan" hint="Fit the whole plan  0" onClick={camera.fit}>
				<Maximize2 aria-hidden size={14} />
			</Tool>
			<span aria-hidden className="mx-0.5 h-4 w-px bg-line" />
			<Tooltip content="Keep the newest running node in view  L">
				<button
					type="button"
					className="plan-tool gap-1.5 px-2"
					aria-pressed={follow === "on"}
					aria-label={follow === "paused" ? "Follow running, paused because you moved the view" : "Follow running"}
					onClick={onFollow}
				>
					<Crosshair aria-hidden size={14} />
					<span className="max-sm:sr-only">{follow === "paused" ? "Follow paused, resume" : "Follow running"}</span>
				</button>
			</Tooltip>
			<Legend />
		</div>
	);
}

interface ToolProps {
	readonly label: string;
	readonly hint: string;
	readonly onClick: () => void;
	readonly children: ReactNode;
}

function Tool({ label, hint, onClick, children }: ToolProps) {
	return (
		<Tooltip content={hint}>
			<button type="button" aria-label={label} className="plan-tool w-7" onClick={onClick}>
				{children}
			</button>
		</Tooltip>
	);
}
