import { Crosshair } from "lucide-react";

/** The reader moved the view: the camera waits until it is asked to go on. */
export function FollowChip({ onResume }: { readonly onResume: () => void }) {
	return (
		<button type="button" className="plan-chip" onClick={onResume}>
			<Crosshair aria-hidden size={13} />
			Follow paused, <span className="underline">resume</span>
		</button>
	);
}
