"use client";

import { useEffect, useRef, useState } from "react";
import type { InstanceState } from "../../server/wire.ts";
import { useSettings } from "../../settings/settings.ts";
import { type Heard, heardOf, whatChanged } from "./announcement.ts";

/** At most one sentence in this time, however much happens. */
const EVERY_MS = 5_000;

/** Tells assistive technology what changed, in one sentence at a time. Timers are never told. */
export function Announcer({ state }: { readonly state: InstanceState }) {
	const [text, setText] = useState("");
	const latest = useRef<Heard>(heardOf(state));
	const said = useRef<Heard>(latest.current);
	const { announce } = useSettings();
	const wanted = useRef(announce);
	wanted.current = announce;
	const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
	latest.current = heardOf(state);
	const { version } = state.snapshot.instance;
	// biome-ignore lint/correctness/useExhaustiveDependencies: every new version may hold something to tell
	useEffect(() => {
		if (timer.current !== null) return;
		const tell = () => {
			timer.current = null;
			const words = whatChanged(said.current, latest.current, wanted.current);
			said.current = latest.current;
			if (words === null) return;
			setText(words);
			timer.current = setTimeout(tell, EVERY_MS);
		};
		tell();
	}, [version]);
	useEffect(
		() => () => {
			if (timer.current !== null) clearTimeout(timer.current);
			timer.current = null;
		},
		[],
	);
	return (
		<p role="log" aria-label="Changes" className="sr-only">
			{text}
		</p>
	);
}
