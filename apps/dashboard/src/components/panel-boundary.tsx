"use client";

import { Component, type ReactNode } from "react";
import { Button } from "./button.tsx";
import { CopyDetails } from "./copy-details.tsx";

interface PanelBoundaryProps {
	/** What failed, as the sentence's subject: "The graph". */
	readonly name: string;
	readonly children: ReactNode;
}

interface State {
	/** Null: it has not failed. */
	readonly error: Error | null;
}

/** One panel may fail; the page around it stays. */
export class PanelBoundary extends Component<PanelBoundaryProps, State> {
	override state: State = { error: null };

	static getDerivedStateFromError(error: unknown): State {
		return { error: error instanceof Error ? error : new Error(String(error)) };
	}

	override render(): ReactNode {
		const { error } = this.state;
		if (error === null) return this.props.children;
		return (
			<div role="alert" className="flex flex-1 flex-col items-center justify-center gap-3 p-8 text-center text-sm">
				<p>{this.props.name} could not be shown. The rest of the page is not affected.</p>
				<div className="flex flex-wrap justify-center gap-2">
					<Button variant="primary" onClick={() => this.setState({ error: null })}>
						Show it again
					</Button>
					<CopyDetails error={error} />
				</div>
			</div>
		);
	}
}
