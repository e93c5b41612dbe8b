import { EyeOff } from "lucide-react";

/** Stands where data would, for who may see states alone. */
export function HiddenNote({ text }: { readonly text: string }) {
	return (
		<p className="flex items-start gap-2 text-ink-muted text-sm">
			<EyeOff aria-hidden size={14} className="mt-0.5 shrink-0" />
			<span>
				<span aria-hidden className="mr-2 tracking-widest">
					••••
				</span>
				{text}
			</span>
		</p>
	);
}
