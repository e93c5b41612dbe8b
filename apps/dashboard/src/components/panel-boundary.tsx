"use client";

import { Component, type ReactNode } from "react";
import { Button } from "./button.tsx";

interface PanelBoundaryProps {
	/** What failed, as the sentence's subject: "The graph". */
	readonly name: string;
	readonly children: ReactNode;
}

/** One panel may fail; the page around it stays. */
export class PanelBoundary extends Component<PanelBoundaryProps, { readonly failed: boolean }> {
	override state = { failed: false };

	static getDerivedStateFromError(): { readonly failed: boolean } {
		return { failed: true };
	}

	override render(): ReactNode {
		if (!this.state.failed) return this.props.children;
		return (
			<div role="alert" className="flex flex-1 flex-col items-center justify-center gap-3 p-8 text-center text-sm">
				<p>{this.props.name} could not be shown. The rest of the page is not affected.</p>
				<Button onClick={() => this.setState({ failed: false })}>Show it again</Button>
			</div>
		);
	}
}
