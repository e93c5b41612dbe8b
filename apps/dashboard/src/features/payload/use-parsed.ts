"use client";

import { useEffect, useMemo, useState } from "react";
import type { ValueResponse } from "../../server/wire.ts";
import { type JsonRow, parseRows, RowParser } from "./json-tree.ts";

/** Texts up to this length are parsed while they are drawn: it takes less than a frame. */
const AT_ONCE = 64 * 1024;
const SLICE_MS = 8;

export type Parsed =
	| { readonly kind: "rows"; readonly rows: readonly JsonRow[] }
	/** Cut off, or of another codec: there is no tree to be had. */
	| { readonly kind: "text" }
	| { readonly kind: "busy" };

/**
 * The rows of a value. Large ones are read in slices between which the page goes on living: a worker would have to
 * hand the rows over, and taking a hundred thousand objects in costs the page more than making them.
 */
export function useParsed(value: ValueResponse): Parsed {
	const isText = value.encoding === "text" && !value.truncated;
	const isLarge = value.text.length > AT_ONCE;
	const small = useMemo(
		() => (isText && !isLarge ? parsedAs(parseRows(value.text, value.marks)) : null),
		[value, isText, isLarge],
	);
	const [large, setLarge] = useState<{ readonly of: ValueResponse; readonly parsed: Parsed } | null>(null);
	useEffect(() => {
		if (!isText || !isLarge) return undefined;
		const parser = new RowParser(value.text, value.marks);
		let timer: ReturnType<typeof setTimeout> | undefined;
		const slice = () => {
			const until = performance.now() + SLICE_MS;
			while (performance.now() < until) {
				const step = parser.advance(500);
				if (step === "more") continue;
				setLarge({ of: value, parsed: step === "done" ? { kind: "rows", rows: parser.rows } : { kind: "text" } });
				return;
			}
			timer = setTimeout(slice);
		};
		slice();
		return () => clearTimeout(timer);
	}, [value, isText, isLarge]);
	if (!isText) return { kind: "text" };
	if (small !== null) return small;
	return large?.of === value ? large.parsed : { kind: "busy" };
}

function parsedAs(rows: readonly JsonRow[] | null): Parsed {
	return rows === null ? { kind: "text" } : { kind: "rows", rows };
}
