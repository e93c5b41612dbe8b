"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Button } from "./button.tsx";

interface RetryButtonProps {
	readonly word: string;
	onRetry(): void;
}

/**
 * Shows anew what threw. The answers that it was made of are forgotten, as nothing else on the page uses them: they may
 * be what it threw at, and it would do so again.
 */
export function RetryButton({ word, onRetry }: RetryButtonProps) {
	const client = useQueryClient();
	const retry = () => {
		client.removeQueries({ type: "inactive" });
		onRetry();
	};
	return (
		<Button variant="primary" onClick={retry}>
			{word}
		</Button>
	);
}
