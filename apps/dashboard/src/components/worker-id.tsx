"use client";

import Link from "next/link";
import { useContext } from "react";
import { middleTruncate } from "./middle-truncate.tsx";
import { visibleText } from "./visible-text.ts";
import { WorkerNames } from "./worker-names.ts";

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/**
 * A worker by its name where the page knows it, else in eight characters, and the way to it. The end of a UUIDv7 is its
 * random part: the beginnings of one minute are all alike.
 */
export function WorkerId({ id, className = "" }: { readonly id: string; readonly className?: string }) {
	const known = useContext(WorkerNames).get(id);
	const short = UUID.test(id) ? id.slice(-8) : middleTruncate(visibleText(id), 24);
	const text = known === undefined ? short : middleTruncate(visibleText(known.name), 32);
	const where = known === undefined || known.at === null ? "" : `\n${visibleText(known.at.host)}, pid ${known.at.pid}`;
	return (
		<Link
			href={`/workers?worker=${encodeURIComponent(id)}`}
			prefetch={false}
			title={`Worker ${visibleText(id)}${where}`}
			className={`font-mono text-link text-xs hover:underline ${className}`}
		>
			{text}
		</Link>
	);
}
