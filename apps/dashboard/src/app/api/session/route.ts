import { route } from "../../../server/respond.ts";
import { readSession, signIn } from "../../../server/session-commands.ts";

export const dynamic = "force-dynamic";

export const GET = route(readSession);
export const POST = route(signIn);
