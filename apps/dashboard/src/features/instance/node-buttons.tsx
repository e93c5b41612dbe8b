import { MiddleTruncate } from "../../components/middle-truncate.tsx";

const SHOWN = 3;

interface NodeButtonsProps {
	/** In the run. */
	readonly paths: readonly string[];
	onSelect(path: string): void;
}

/** The first few of some nodes, each of which it opens in its own iteration, and how many more there are. */
export function NodeButtons({ paths, onSelect }: NodeButtonsProps) {
	return (
		<>
			{paths.slice(0, SHOWN).map((path, at) => (
				<span key={path}>
					{at === 0 ? "" : ", "}
					<button
						type="button"
						className="break-all text-left font-mono text-link text-xs hover:underline"
						onClick={() => onSelect(path)}
					>
						<MiddleTruncate text={path} max={60} />
					</button>
				</span>
			))}
			{paths.length > SHOWN ? ` and ${paths.length - SHOWN} more` : ""}
		</>
	);
}
