import type { Authorizer } from "./authorization.ts";
import type { Calls } from "./calls.ts";
import type { Clock } from "./clock.ts";
import type { Crashes, Faults } from "./fault-port.ts";
import type { Metrics } from "./metrics.ts";
import type { Principals } from "./principal.ts";
import type { Roles } from "./roles.ts";
import type { Signals } from "./signals.ts";
import type { Tokens } from "./tokens.ts";

/** Everything a service may use of the cloud. It never gets the cloud itself, nor another service. */
export interface Ports {
  readonly clock: Clock;
  readonly signals: Signals;
  /** The only way to another service. */
  readonly calls: Calls;
  readonly authorizer: Authorizer;
  readonly roles: Roles;
  readonly principals: Principals;
  readonly metrics: Metrics;
  readonly tokens: Tokens;
  readonly faults: Faults;
  readonly crashes: Crashes;
  /** Folder that shows the buckets' objects as files; undefined: memory only. */
  readonly dataDir: string | undefined;
  /** Prints one line for the cloud's users, about something that no caller can see in an answer. */
  readonly warn: (text: string) => void;
  /** `http://127.0.0.1:<port>` once the front door listens; "" before. */
  readonly endpointUrl: string;
}
