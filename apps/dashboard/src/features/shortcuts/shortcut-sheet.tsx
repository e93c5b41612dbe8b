"use client";

import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { SHORTCUTS } from "./keys.ts";
import { setShortcuts, useShortcutsOn } from "./preference.ts";

const GROUPS = [...new Set(SHORTCUTS.map(({ group }) => group))];

/** Every shortcut, and the switch that turns single keys off. */
export function ShortcutSheet({ onClose }: { onClose(): void }) {
	const isOn = useShortcutsOn();
	return (
		<Dialog
			open
			onOpenChange={(open) => {
				if (!open) onClose();
			}}
			title="Keyboard shortcuts"
			footer={
				<Button variant="primary" onClick={onClose}>
					Close
				</Button>
			}
		>
			<label className="flex items-center gap-2 text-sm">
				<input type="checkbox" checked={isOn} onChange={(event) => setShortcuts(event.target.checked)} />
				Single keys are shortcuts (never while you type)
			</label>
			{GROUPS.map((group) => (
				<section key={group} aria-label={group}>
					<h3 className="mb-1 font-semibold text-sm">{group}</h3>
					<dl className="flex flex-col">
						{SHORTCUTS.filter((one) => one.group === group).map(({ keys, does }) => (
							<div key={keys} className="flex items-center justify-between gap-4 py-1 text-sm">
								<dt>{does}</dt>
								<dd className="shrink-0">
									<Keys keys={keys} />
								</dd>
							</div>
						))}
					</dl>
				</section>
			))}
		</Dialog>
	);
}

const MOD = typeof navigator !== "undefined" && /Mac|iP/.test(navigator.platform) ? "⌘" : "Ctrl ";

export function Keys({ keys }: { readonly keys: string }) {
	return (
		<span className="inline-flex gap-1">
			{keys.split(" ").map((key) => (
				<kbd
					key={key}
					className="inline-flex h-5 min-w-5 items-center justify-center rounded border border-line-strong bg-canvas px-1 font-mono text-ink-muted text-xs"
				>
					{key.replace("mod+", MOD).replace("Escape", "Esc")}
				</kbd>
			))}
		</span>
	);
}
