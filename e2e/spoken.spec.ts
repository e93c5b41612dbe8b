import { expect, test } from "./stand/gallery-test.ts";

/** What a screen reader is told of the parts that never change, in that order. What is told of dialogs: dialogs.spec.ts. */

test.use({ scenarios: ["failed-5-attempts", "retrying", "every-kind", "cancelling-stuck", "completed"] });

test("the header of an instance says what it is, how it stands and what can be done", async ({ page }) => {
	await page.goto("/instances/retrying?view=audit");
	await expect(page.locator("[data-connection]")).toHaveText("Live");
	await expect(page.locator("header").first()).toMatchAriaSnapshot(`
		- navigation "Breadcrumb":
		  - list:
		    - listitem:
		      - link "Instances":
		        - /url: /instances
		    - listitem:
		      - link "parcel":
		        - /url: /instances?workflow=parcel
		    - listitem: retrying
		- status: Live
		- button "Pause updates"
		- heading "retrying" [level=1]
		- button "Copy instance id"
		- paragraph: Retrying
		- button "Pause"
		- button "Send signal"
		- button "More actions"
		- button "Cancel"
		- text: /parcel [0-9a-f]{8} Started/
		- time
		- text: (
		- time: /ago|just now/
		- text: /\\) for .+ 1\\/3/
	`);
	await page.goto("/instances/failed-5-attempts?view=audit");
	await expect(page.locator("header").first()).toMatchAriaSnapshot(`
		- status: Ended
		- heading "failed-5-attempts" [level=1]
		- button "Copy instance id"
		- paragraph: Failed
		- button "Retry"
		- button "Pause" [disabled]
		- button "Send signal" [disabled]
		- button "More actions"
		- button "Cancel" [disabled]
		- text: /refund [0-9a-f]{8} Started/
		- time
		- text: (
		- time: 9 h ago
		- text: ") took 40.9 s 1/3 tenant=acme region=eu"
	`);
});

test("a cancel that hangs is told with who, why and what it waits for", async ({ page }) => {
	await page.goto("/instances/cancelling-stuck?view=audit");
	await expect(page.locator("[data-tone]")).toMatchAriaSnapshot(`
		- status:
		  - paragraph:
		    - strong: Cancelling…
		    - text: by mira
		    - time: /ago|just now/
		    - text: ": “Wrong price list”. Waiting for"
		    - button "charge_card"
		    - text: /\\(running .+ on worker/
		    - link "gallery-worker"
		    - text: ) to stop.
	`);
});

test("the outline says of every node and branch what it is, how deep it lies and how it stands", async ({ page }) => {
	await page.goto("/instances/every-kind?view=graph&as=outline");
	await expect(page.getByRole("treegrid")).toMatchAriaSnapshot(`
		- treegrid "Nodes of the plan":
		  - row "Node State Attempt Duration":
		    - columnheader "Node"
		    - columnheader "State"
		    - columnheader "Attempt"
		    - columnheader "Duration"
		  - rowgroup:
		    - row /^task task Completed 1\\/1 \\d+ ms$/ [level=1]
		    - row "delay delay Completed" [level=1]
		    - row "signal signal Completed" [level=1]
		    - row "fork fork Completed" [expanded] [level=1]
		    - row "branch left" [expanded] [level=2]
		    - row /^left_task task Completed 1\\/1 \\d+ ms$/ [level=3]
		    - row "branch right" [expanded] [level=2]
		    - row /^right_task task Completed 1\\/1 \\d+ ms$/ [level=3]
		    - row /^join join Completed 1\\/1 \\d+ ms$/ [level=1]
		    - row /^route route Completed · chosen 1\\/1 \\d+ ms$/ [expanded] [level=1]
		    - row "case chosen chosen" [expanded] [level=2]
		    - row /^is_taken task Completed 1\\/1 \\d+ ms$/ [level=3]
		    - row "case default" [expanded] [level=2]
		    - row "is_not_taken task Skipped" [level=3]
		    - row "loop loop Completed" [expanded] [level=1]
		    - row /^round task Completed 1\\/1 \\d+ ms$/ [level=2]
		    - row "child child workflow Completed" [expanded] [level=1]
		    - row /^inside task Completed 1\\/1 \\d+ ms$/ [level=2]
		    - row /^last task Running 1\\/1/ [level=1]
	`);
});

test("the inspector says of a node why it is so, and of every attempt what went wrong", async ({ page }) => {
	await page.goto("/instances/retrying?view=graph&node=book_carrier");
	await expect(page.locator("[data-inspector]")).toMatchAriaSnapshot(`
		- heading "book_carrier" [level=2]
		- text: Retrying
		- button "Path to here"
		- link "Open as a page":
		  - /url: /instances/retrying/nodes/book_carrier
		- button "Close the inspector"
		- text: task
		- code: book_carrier
		- button "Copy path"
		- tablist:
		  - tab "Overview" [selected]
		  - tab "Input"
		  - tab "Output"
		  - tab "Attempts 2"
		  - tab "Definition"
		- tabpanel "Overview":
		  - paragraph: Attempt 2 did not succeed, so attempt 3 of 6 will follow.
		  - paragraph:
		    - text: /Next attempt in [\\d:]+ at/
		    - time
		  - button "Retry now"
		  - paragraph: Last error
		  - paragraph: RangeError
		  - paragraph: "The carrier answered 503 for attempt 2: <b>try again</b> later"
		  - button "Stack"
		  - button "Copy stack"
		  - term: Started
		  - definition:
		    - time
		  - term: Worker
		  - definition:
		    - link "gallery-worker"
		    - button "Copy worker id"
		  - term: Attempt
		  - definition: 2 of 6
		  - term: Retry
		  - definition: up to 6 attempts, ×1000 from 1.5 s, at most 3h
		  - term: Timeout
		  - definition: 20 s per attempt
		  - term: Priority
		  - definition: 3 (1 is first, 5 is last)
	`);
	await page.goto("/instances/failed-5-attempts?view=graph&node=pay_back&tab=attempts");
	const listed = [5, 4, 3, 2, 1].map(
		(attempt) => `
		    - listitem:
		      - text: /Attempt ${attempt} Failed [\\d.]+ m?s/
		      - paragraph:
		        - time
		        - text: on worker
		        - link /[0-9a-f]{8}/
		      - paragraph: RangeError
		      - paragraph: "The carrier answered 503 for attempt ${attempt}: <b>try again</b> later"
		      - button "Stack"
		      - button "Copy stack"${attempt === 1 ? "" : '\n\t\t      - button "Difference to the error before"'}`,
	);
	await expect(page.locator("[data-inspector]").getByRole("tabpanel")).toMatchAriaSnapshot(`
		- tabpanel "Attempts 5":
		  - list:${listed.join("")}
	`);
});

test("the filters of the list say what is asked for, and how to ask for less", async ({ page }) => {
	await page.goto("/instances?status=failed&workflow=refund");
	await expect(page.getByRole("heading", { name: "Instances" })).toBeVisible();
	await expect(page.locator("main")).toMatchAriaSnapshot(`
		- main:
		  - heading "Instances" [level=1]
		  - search:
		    - combobox "Search by":
		      - option "Id begins with" [selected]
		      - option "Error holds"
		      - option "Open id"
		    - textbox "Id begins with"
		  - status: Live
		  - group "Filter by status":
		    - button "Failed 1" [pressed]
		    - button "Running 2"
		    - button "Awaiting signal 0"
		    - button "Waiting 1"
		    - button "Paused 0"
		    - button "Pending 0"
		    - button "Completed 1"
		    - button "Cancelled 0"
		  - 'button "Filter by workflow: refund"': refund
		  - button "More filters"
		  - 'button "Remove filter: Failed"': Failed
		  - 'button "Remove filter: workflow refund"': workflow refund
		  - button "Clear filters"
	`);
});
