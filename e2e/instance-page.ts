import { expect, type Locator, type Page } from "@playwright/test";

/** The page of one instance, as a person finds things on it. */
export class InstancePage {
	constructor(readonly page: Page) {}

	async open(instanceId: string): Promise<void> {
		await this.page.goto(`/instances/${encodeURIComponent(instanceId)}`);
		await this.graphIsReady();
	}

	async graphIsReady(): Promise<void> {
		await expect(this.page.locator("[data-graph-ready]")).toBeVisible();
	}

	/** The card of a node in the graph, by its path. */
	card(path: string): Locator {
		return this.page.locator(`[data-node-key="${path}"]`);
	}

	async nodeIs(path: string, state: string): Promise<void> {
		await expect(this.card(path)).toHaveAttribute("data-state", state);
	}

	/** How the cards that are drawn say that their nodes stand, by definition path. */
	states(): Promise<Readonly<Record<string, string>>> {
		return this.page
			.locator(".plan-card[data-node-key], .plan-box[data-node-key]")
			.evaluateAll((cards) =>
				Object.fromEntries(cards.map((card) => [card.getAttribute("data-node-key"), card.getAttribute("data-state")])),
			);
	}

	get status(): Locator {
		return this.page.getByTestId("instance-status");
	}

	button(name: string): Locator {
		return this.page.getByRole("button", { name, exact: true });
	}

	get inspector(): Locator {
		return this.page.locator("[data-inspector]");
	}
}
