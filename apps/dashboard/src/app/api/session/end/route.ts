import { only, route } from "../../../../server/respond.ts";
import { signOut } from "../../../../server/session-commands.ts";

export const dynamic = "force-dynamic";

export const POST = route(signOut);
export const GET = only("POST");
