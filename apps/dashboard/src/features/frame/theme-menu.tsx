"use client";

import { Menu } from "@base-ui/react/menu";
import { Check, Monitor, Moon, Sun } from "lucide-react";
import { useSyncExternalStore } from "react";
import { onTheme, readTheme, setTheme, type Theme } from "./theme.ts";

const CHOICES = [
	{ theme: "system", word: "System", Icon: Monitor },
	{ theme: "light", word: "Light", Icon: Sun },
	{ theme: "dark", word: "Dark", Icon: Moon },
] as const satisfies readonly { readonly theme: Theme; readonly word: string; readonly Icon: typeof Sun }[];

export function ThemeMenu() {
	const theme = useSyncExternalStore(onTheme, readTheme, () => "system" as const);
	const { Icon, word } = CHOICES.find((choice) => choice.theme === theme) ?? CHOICES[0];
	return (
		<Menu.Root>
			<Menu.Trigger
				aria-label={`Theme: ${word}`}
				className="inline-flex size-8 items-center justify-center rounded-control text-ink-muted hover:bg-hover hover:text-ink data-[popup-open]:bg-pressed"
			>
				<Icon aria-hidden size={16} />
			</Menu.Trigger>
			<Menu.Portal>
				<Menu.Positioner sideOffset={6} align="end" className="z-50">
					<Menu.Popup className="pop min-w-36 rounded-card border border-line bg-raised p-1 shadow-pop">
						<Menu.RadioGroup value={theme} onValueChange={(next: Theme) => setTheme(next)}>
							{CHOICES.map((choice) => (
								<Menu.RadioItem
									key={choice.theme}
									value={choice.theme}
									closeOnClick
									className="flex h-8 cursor-default items-center gap-2 rounded-control px-2 text-sm data-[highlighted]:bg-hover"
								>
									<choice.Icon aria-hidden size={14} className="text-ink-muted" />
									<span className="flex-1">{choice.word}</span>
									<Menu.RadioItemIndicator>
										<Check aria-hidden size={14} />
									</Menu.RadioItemIndicator>
								</Menu.RadioItem>
							))}
						</Menu.RadioGroup>
					</Menu.Popup>
				</Menu.Positioner>
			</Menu.Portal>
		</Menu.Root>
	);
}
