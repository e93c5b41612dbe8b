import { middleTruncate } from "../../components/middle-truncate.tsx";
import { visibleText } from "../../components/visible-text.ts";
import type { ListedRow } from "../../server/wire.ts";
import { formatCountdown } from "../../time/format.ts";
import { LiveText } from "../../time/live-text.tsx";
import { nowWords } from "./activity-words.ts";
import { failureWords } from "./failure-words.ts";

/** The node that tells most, and when it goes on; of a failed instance where and why it failed. One line. */
export function NowOrWhy({ instance }: { readonly instance: ListedRow }) {
	const failure = failureWords(instance);
	if (failure !== null) {
		return (
			<span className="block truncate" title={visibleText(failure.whole)}>
				{failure.path === null ? null : <NodeName path={failure.path} />}{" "}
				<span className="text-danger-ink">{visibleText(failure.words)}</span>
			</span>
		);
	}
	const now = nowWords(instance.activity, instance.lost);
	if (now === null) return null;
	const { path, words, nextAt, more } = now;
	return (
		<span className="block truncate" title={visibleText(path)}>
			<NodeName path={path} /> {visibleText(words)}
			{nextAt === null ? null : (
				<>
					{" "}
					<LiveText text={(now) => (nextAt > now ? `in ${formatCountdown(nextAt - now)}` : "is due")} />
				</>
			)}
			{more > 0 ? ` · ${more} more` : ""}
		</span>
	);
}

/** The last part of its path: which branch it is in stands in the hint. */
function NodeName({ path }: { readonly path: string }) {
	return <span className="font-mono text-ink">{middleTruncate(visibleText(path.split("/").at(-1) ?? path), 24)}</span>;
}
