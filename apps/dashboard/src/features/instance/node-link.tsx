"use client";

import { isPlainClick } from "../../components/plain-click.ts";
import { visibleText } from "../../components/visible-text.ts";
import { type InstanceUrl, instanceQuery, nodeInUrl, type SetInstanceUrl } from "./instance-url.ts";

interface NodeLinkProps {
	/** In the run: with the iterations of the loops around it. */
	readonly path: string;
	/** Of the page that it stands on. */
	readonly url: InstanceUrl;
	/** Attempt to point at; without it the node is opened as the reader left it. */
	readonly attempt?: number;
	readonly text?: string;
	setUrl: SetInstanceUrl;
}

/** Leads to a node in the plan, in the iteration that its path says. A link: it can be opened beside this page. */
export function NodeLink({ path, url, attempt, text = path, setUrl }: NodeLinkProps) {
	const pointed = attempt === undefined ? { attempt: null } : { tab: "attempts", attempt };
	const next = { view: "graph" as const, ...nodeInUrl(path, url), ...pointed };
	return (
		<a
			href={instanceQuery({ ...url, ...next })}
			className="wrap-anywhere text-left text-link hover:underline"
			onClick={(event) => {
				if (!isPlainClick(event)) return;
				event.preventDefault();
				void setUrl(next);
			}}
		>
			{visibleText(text)}
		</a>
	);
}
