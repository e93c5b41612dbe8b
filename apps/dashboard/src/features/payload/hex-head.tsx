import type { ValueResponse } from "../../server/wire.ts";

const PER_LINE = 16;

/** The beginning of something that is no text, as hexadecimal. */
export function HexHead({ value }: { readonly value: ValueResponse }) {
	const pairs = value.text.match(/../g) ?? [];
	const lines = Array.from({ length: Math.ceil(pairs.length / PER_LINE) }, (_, line) => ({
		offset: (line * PER_LINE).toString(16).padStart(6, "0"),
		bytes: pairs.slice(line * PER_LINE, (line + 1) * PER_LINE).join(" "),
	}));
	return (
		<div className="p-3 text-xs">
			<p className="mb-2 text-ink-muted">
				Binary, codec {value.codec ?? "unknown"}, {value.size.toLocaleString("en")} bytes.
				{value.truncated ? " Its beginning:" : ""}
			</p>
			<pre className="overflow-x-auto font-mono leading-5">
				{lines.map(({ offset, bytes }) => (
					<div key={offset}>
						<span className="mr-3 select-none text-ink-faint">{offset}</span>
						{bytes}
					</div>
				))}
			</pre>
		</div>
	);
}
