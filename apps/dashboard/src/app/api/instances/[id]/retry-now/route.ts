import { retryNow } from "../../../../../server/control-command.ts";
import { instanceRoute, only } from "../../../../../server/respond.ts";

export const dynamic = "force-dynamic";

export const POST = instanceRoute(retryNow);
export const GET = only("POST");
