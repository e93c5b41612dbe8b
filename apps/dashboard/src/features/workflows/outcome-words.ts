import type { InstanceStatus } from "@waymark/engine/graph";

type ByStatus = Readonly<Record<InstanceStatus, number>>;

/** Of those that completed or failed; null: none has yet. */
export function failureShare({ completed, failed }: ByStatus): number | null {
	return completed + failed === 0 ? null : failed / (completed + failed);
}

export function liveCount(byStatus: ByStatus): number {
	return byStatus.pending + byStatus.in_progress + byStatus.waiting + byStatus.awaiting_signal + byStatus.paused;
}

/** `12 %`, `0.4 %`, `–`. */
export function shareWords(share: number | null): string {
	if (share === null) return "–";
	const percent = share * 100;
	return `${percent > 0 && percent < 1 ? percent.toFixed(1) : Math.round(percent)} %`;
}
