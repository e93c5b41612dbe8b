import { visibleText } from "./visible-text.ts";

const LONGEST = 240;

/** What an error of the page itself says, for whoever is told of it. */
export function ErrorLine({ error }: { readonly error: Error }) {
	const text = `${error.name}: ${error.message}`;
	return (
		<p className="line-clamp-3 max-w-full rounded-control border border-line bg-canvas px-2 py-1 text-left font-mono text-xs wrap-anywhere">
			{visibleText(text.slice(0, LONGEST))}
		</p>
	);
}
