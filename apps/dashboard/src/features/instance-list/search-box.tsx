"use client";

import { CornerDownLeft, Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState } from "react";
import { INPUT_CLASS } from "../../components/field.tsx";
import { useShortcuts } from "../shortcuts/use-shortcuts.ts";
import type { ListFilters } from "./list-filters.ts";

const MODES = {
	id: "Id begins with",
	error: "Error holds",
	open: "Open id",
} as const;
type Mode = keyof typeof MODES;

interface SearchBoxProps {
	onChange(filters: Partial<ListFilters>): void;
}

/** Ids come from logs and tickets: pasted with spaces around them, whole or in part. */
export function SearchBox({ onChange }: SearchBoxProps) {
	const [mode, setMode] = useState<Mode>("id");
	const [text, setText] = useState("");
	const input = useRef<HTMLInputElement>(null);
	const router = useRouter();
	useShortcuts({ "/": () => input.current?.focus() });
	const submit = (event: FormEvent) => {
		event.preventDefault();
		const wanted = text.trim().slice(0, 200);
		if (wanted === "") return;
		if (mode === "open") router.push(`/instances/${encodeURIComponent(wanted)}`);
		else onChange({ [mode]: wanted });
		setText("");
	};
	return (
		<search className="max-sm:order-last max-sm:basis-full">
			<form onSubmit={submit} className="flex">
				<select
					aria-label="Search by"
					value={mode}
					onChange={(event) => setMode(event.target.value as Mode)}
					className="h-[30px] rounded-l-control border border-line-strong border-r-0 bg-raised px-1.5 text-ink-muted text-xs"
				>
					{Object.entries(MODES).map(([value, word]) => (
						<option key={value} value={value}>
							{word}
						</option>
					))}
				</select>
				<span className="relative min-w-0 flex-1 sm:w-56">
					<Search aria-hidden size={14} className="pointer-events-none absolute top-2 left-2.5 text-ink-faint" />
					<input
						ref={input}
						aria-label={mode === "open" ? "Go to instance id" : MODES[mode]}
						placeholder={mode === "error" ? "timed out" : "order-42"}
						autoComplete="off"
						autoCapitalize="off"
						spellCheck={false}
						enterKeyHint="search"
						value={text}
						onChange={(event) => setText(event.target.value)}
						className={`${INPUT_CLASS} h-[30px] rounded-l-none pr-8 pl-8`}
					/>
					{text.trim() === "" ? null : (
						<button
							type="submit"
							aria-label={mode === "open" ? "Open" : "Search"}
							title={mode === "open" ? "Open (Enter)" : "Search (Enter)"}
							className="absolute top-[3px] right-[3px] grid size-6 place-items-center rounded-control bg-pressed text-ink-muted hover:text-ink"
						>
							<CornerDownLeft aria-hidden size={13} />
						</button>
					)}
				</span>
			</form>
		</search>
	);
}
