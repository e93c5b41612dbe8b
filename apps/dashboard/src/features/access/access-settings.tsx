"use client";

import { denialOf, ROLES } from "../../access/permissions.ts";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { visibleText } from "../../components/visible-text.ts";
import type { Access, AccessOverview, Action, User } from "../../server/wire.ts";

const WORDS: Readonly<Record<Action, string>> = {
	read: "See states, history and the audit",
	data: "See inputs, outputs, payloads and stacks",
	reveal: "See what is hidden in them, which is audited",
	signal: "Send signals",
	start: "Start instances",
	pause: "Pause",
	unpause: "Unpause",
	retryNow: "Retry a waiting node now",
	cancel: "Cancel",
	retry: "Retry what failed",
	bulk: "Act on many instances at once",
};
const ACTIONS = Object.keys(WORDS) as Action[];

/** Who may do what on this dashboard. Decided when it is started: there is nothing to change here. */
export function AccessSettings({ access }: { readonly access: AccessOverview }) {
	const { readOnly, hasSignIn, user, users } = access;
	return (
		<section aria-labelledby="access-title" className="flex flex-col gap-2">
			<h2 id="access-title" className="font-medium text-sm">
				Access
			</h2>
			<p className="text-sm">
				{user !== null
					? `You are ${visibleText(user.name)}, with the role ${user.role}.`
					: "There is no sign-in: whoever reaches this address is the local operator, and may do everything."}
				{readOnly ? " The dashboard is read-only: nothing is changed here, whoever asks." : ""}
			</p>
			<DataTable
				label="Roles"
				columns={hasSignIn ? [...ROLE_COLUMNS, ownColumn(access)] : ROLE_COLUMNS}
				rows={ACTIONS}
				rowKey={(action) => action}
			/>
			{users === null ? null : (
				<DataTable label="Users" columns={USER_COLUMNS} rows={users} rowKey={({ name }) => name} />
			)}
			<p className="text-ink-muted text-xs">
				{hasSignIn
					? "Users and their tokens lie in the file that the dashboard was started with; only hashes of tokens are kept."
					: "The dashboard asks who somebody is when it is started with --access FILE."}
			</p>
		</section>
	);
}

const ROLE_COLUMNS: readonly Column<Action>[] = [
	{ head: "Action", isHeadSilent: true, inCard: "name", cell: (action) => WORDS[action] },
	...ROLES.map(
		(role): Column<Action> => ({
			head: role,
			cell: (action) => may({ readOnly: false, user: { name: "", role } }, action),
		}),
	),
];

const ownColumn = (access: Access): Column<Action> => ({
	head: "You, here",
	className: "font-medium",
	cell: (action) => may(access, action),
});

const USER_COLUMNS: readonly Column<User>[] = [
	{ head: "May sign in", inCard: "name", cell: ({ name }) => visibleText(name) },
	{ head: "Role", cell: ({ role }) => role },
];

function may(access: Access, action: Action): string {
	return denialOf(access, action) === null ? "yes" : "–";
}

/** What is hidden in data, whoever looks. */
export function HidingSettings({ hides }: Pick<AccessOverview, "hides">) {
	return (
		<section aria-labelledby="hiding-title" className="flex flex-col gap-2">
			<h2 id="hiding-title" className="font-medium text-sm">
				Hidden by policy
			</h2>
			{hides === null ? (
				<p className="text-sm">Nothing: this dashboard was started with --hide-nothing.</p>
			) : (
				<>
					<p className="text-sm">
						In payloads, errors and labels, values under keys that end with one of these, however they are written, and
						passwords in addresses of the form scheme://user:password@host.
					</p>
					<ul aria-label="Hidden keys" className="flex flex-wrap gap-1.5">
						{hides.map((name) => (
							<li key={name} className="rounded bg-hover px-1.5 py-0.5 font-mono text-xs">
								{visibleText(name)}
							</li>
						))}
					</ul>
				</>
			)}
			<p className="text-ink-muted text-xs">
				Decided when the dashboard is started: --hide NAME adds a key, --hide-nothing shows all. Who is shown what is
				hidden stands in the audit.
			</p>
		</section>
	);
}
