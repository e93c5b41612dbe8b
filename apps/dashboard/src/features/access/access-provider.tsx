"use client";

import { createContext, type ReactNode, useContext } from "react";
import { denialOf } from "../../access/permissions.ts";
import type { Access, Action } from "../../server/wire.ts";

const AccessContext = createContext<Access>({ readOnly: false, user: null });

/** What may be done here, as the server said with the page. The server decides anew with every request. */
export function AccessProvider({ access, children }: { readonly access: Access; readonly children: ReactNode }) {
	return <AccessContext value={access}>{children}</AccessContext>;
}

export function useAccess(): Access {
	return useContext(AccessContext);
}

/** Why that cannot be done here, whatever it is about; null: it can. */
export function useDenial(action: Action): string | null {
	return denialOf(useAccess(), action)?.message ?? null;
}
