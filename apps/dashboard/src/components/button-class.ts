export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger" | "danger-outline";
export type ButtonSize = "md" | "sm" | "icon";

const VARIANTS: Readonly<Record<ButtonVariant, string>> = {
	primary: "bg-inverse text-on-inverse hover:bg-inverse-hover border-transparent",
	secondary: "bg-raised text-ink hover:bg-hover active:bg-pressed border-line-strong",
	ghost: "bg-transparent text-ink-muted hover:text-ink hover:bg-hover active:bg-pressed border-transparent",
	danger: "bg-danger text-on-danger hover:brightness-95 border-transparent",
	"danger-outline": "bg-raised text-danger-ink hover:bg-danger-soft border-danger-line",
};

const SIZES: Readonly<Record<ButtonSize, string>> = {
	md: "h-8 px-3 text-sm",
	sm: "h-7 px-2.5 text-xs",
	icon: "h-8 w-8 text-sm",
};

/** The look alone, also for links that stand beside buttons. */
export function buttonClass(variant: ButtonVariant, size: ButtonSize): string {
	return `inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-control border font-medium transition-colors duration-120 aria-disabled:cursor-not-allowed aria-disabled:opacity-50 ${VARIANTS[variant]} ${SIZES[size]}`;
}
