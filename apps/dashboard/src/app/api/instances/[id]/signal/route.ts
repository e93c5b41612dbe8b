import { instanceRoute, only } from "../../../../../server/respond.ts";
import { sendSignal } from "../../../../../server/signal-command.ts";

export const dynamic = "force-dynamic";

export const POST = instanceRoute(sendSignal);
export const GET = only("POST");
