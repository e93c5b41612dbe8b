import type { ControlRequestRecord } from "@waymark/engine/backend";
import { visibleText } from "../../components/visible-text.ts";
import { REQUEST_WORDS } from "./request-words.ts";

/** What was asked for, and of which node if it was about one. */
export function AskedFor({ request: { kind, path } }: { readonly request: ControlRequestRecord }) {
	return (
		<>
			{REQUEST_WORDS[kind]}
			{path === null ? null : (
				<span className="wrap-anywhere block font-mono font-normal text-ink-muted text-xs">{visibleText(path)}</span>
			)}
		</>
	);
}
