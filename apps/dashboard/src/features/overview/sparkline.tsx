import { formatCount } from "../../time/format.ts";

interface SparklineProps {
	/** One for each stretch of time; null where nothing is known. */
	readonly values: readonly (number | null)[];
	/** A CSS colour. */
	readonly colour: string;
	/** What the picture says, in words. */
	readonly label: string;
	/** Bars for counts, a line for times. */
	readonly as: "bars" | "line";
}

const WIDTH = 240;
const HEIGHT = 48;

/** A small picture of a series. Its tallest value fills the height. */
export function Sparkline({ values, colour, label, as }: SparklineProps) {
	const most = Math.max(1, ...values.map((value) => value ?? 0));
	const step = WIDTH / Math.max(1, values.length);
	const height = (value: number) => (value / most) * (HEIGHT - 2);
	return (
		<svg
			role="img"
			aria-label={label}
			viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
			preserveAspectRatio="none"
			className="h-12 w-full overflow-visible"
		>
			<line x1="0" x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} stroke="var(--line-strong)" strokeWidth="1" />
			{as === "bars" ? (
				values.map((value, at) =>
					value === null || value === 0 ? null : (
						<rect
							// biome-ignore lint/suspicious/noArrayIndexKey: a stretch is its place
							key={at}
							x={at * step + step * 0.1}
							width={step * 0.8}
							y={HEIGHT - Math.max(2, height(value))}
							height={Math.max(2, height(value))}
							fill={colour}
						/>
					),
				)
			) : (
				<path
					d={lineOf(values, step, height)}
					fill="none"
					stroke={colour}
					strokeWidth="2"
					vectorEffect="non-scaling-stroke"
				/>
			)}
		</svg>
	);
}

/** Broken where nothing is known. */
function lineOf(values: readonly (number | null)[], step: number, height: (value: number) => number): string {
	let pen = "M";
	return values
		.map((value, at) => {
			if (value === null) {
				pen = "M";
				return "";
			}
			const point = `${pen}${(at + 0.5) * step} ${HEIGHT - 1 - height(value)}h.01`;
			pen = "L";
			return point;
		})
		.join("");
}

/** `from 3 to 120, 4 now`, for those who do not see it. */
export function rangeWords(
	values: readonly (number | null)[],
	format: (value: number) => string = formatCount,
): string {
	const known = values.filter((value) => value !== null);
	if (known.length === 0) return "nothing yet";
	return `from ${format(Math.min(...known))} to ${format(Math.max(...known))}, last ${format(known.at(-1) ?? 0)}`;
}
