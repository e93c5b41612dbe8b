"use client";

import { CircleAlert } from "lucide-react";
import { Component, type ReactNode } from "react";
import { Button } from "./button.tsx";
import { Centre } from "./centre.tsx";
import { CopyDetails } from "./copy-details.tsx";
import { ErrorLine } from "./error-line.tsx";
import { RetryButton } from "./retry-button.tsx";

interface PanelBoundaryProps {
	/** What failed, as the sentence's subject: "The graph". */
	readonly name: string;
	/** Absent where the panel cannot be closed. One that lies over the page would else be in the way for good. */
	onClose?(): void;
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
		const { name, onClose, children } = this.props;
		if (error === null) return children;
		return (
			<div role="alert" className="flex min-h-0 flex-1 flex-col justify-center overflow-y-auto">
				<Centre icon={<CircleAlert size={18} />} title={`${name} could not be shown`}>
					<p>The rest of the page is not affected, nor is anything that runs.</p>
					<ErrorLine error={error} />
					<div className="flex flex-wrap justify-center gap-2">
						<RetryButton word="Show it again" onRetry={() => this.setState({ error: null })} />
						<CopyDetails error={error} />
						{onClose === undefined ? null : <Button onClick={onClose}>Close</Button>}
					</div>
				</Centre>
			</div>
		);
	}
}
