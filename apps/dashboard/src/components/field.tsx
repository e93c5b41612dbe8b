import type { ReactNode } from "react";

/** The look of text inputs and areas. */
export const INPUT_CLASS =
	"w-full rounded-control border border-line-strong bg-page px-2.5 py-1.5 text-sm text-ink placeholder:text-ink-faint focus-visible:outline-2 focus-visible:outline-focus focus-visible:outline-offset-0 aria-invalid:border-danger";

interface FieldProps {
	readonly id: string;
	readonly label: ReactNode;
	readonly hint?: ReactNode;
	readonly error?: string | null;
	readonly children: ReactNode;
}

/** A labelled control. The control itself carries `id` and `aria-describedby={`${id}-note`}`. */
export function Field({ id, label, hint, error = null, children }: FieldProps) {
	return (
		<div className="flex flex-col gap-1.5">
			<label htmlFor={id} className="font-medium text-sm">
				{label}
			</label>
			{children}
			<p id={`${id}-note`} role={error === null ? undefined : "alert"} className="min-h-4 text-xs">
				{error === null ? (
					<span className="text-ink-muted">{hint}</span>
				) : (
					<span className="text-danger-ink">{error}</span>
				)}
			</p>
		</div>
	);
}
