"use client";

import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { INPUT_CLASS } from "../../components/field.tsx";

/** Ids come from logs and tickets: pasted with spaces around them, and wanted at once. */
export function GoToInstance({ className = "" }: { readonly className?: string }) {
	const [id, setId] = useState("");
	const router = useRouter();
	const go = (event: FormEvent) => {
		event.preventDefault();
		const wanted = id.trim();
		if (wanted !== "") router.push(`/instances/${encodeURIComponent(wanted)}`);
	};
	return (
		<search className={className}>
			<form onSubmit={go} className="group relative">
				<Search aria-hidden size={14} className="pointer-events-none absolute top-2 left-2.5 text-ink-faint" />
				<input
					aria-label="Go to instance id"
					placeholder="Go to instance id"
					autoComplete="off"
					autoCapitalize="off"
					spellCheck={false}
					enterKeyHint="go"
					value={id}
					onChange={(event) => setId(event.target.value)}
					className={`${INPUT_CLASS} h-[30px] pr-8 pl-8`}
				/>
				<kbd
					aria-hidden
					className="pointer-events-none absolute top-1.5 right-1.5 hidden rounded border border-line px-1 font-sans text-ink-muted text-xs leading-4 group-focus-within:block"
				>
					↵
				</kbd>
			</form>
		</search>
	);
}
