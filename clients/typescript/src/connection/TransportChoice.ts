import { HttpTransportType } from "@microsoft/signalr";

/** How to make one attempt. */
export interface TransportPlan {
  skipNegotiation: boolean;
  transport: HttpTransportType;
}

const direct: TransportPlan = { skipNegotiation: true, transport: HttpTransportType.WebSockets };
const all = HttpTransportType.WebSockets | HttpTransportType.ServerSentEvents | HttpTransportType.LongPolling;
const patience = 3;

/**
 * Chooses how to connect: by WebSocket without negotiation, which is one request and so needs no stickiness of a load balancer. When that fails, negotiated,
 * by whatever works, but for a transport that hung before, as one behind a proxy that buffers does; then directly again, by turns. After a direct
 * connection that worked it has to fail three times in a row first: the server is away rather than WebSockets are blocked.
 */
export class TransportChoice {
  private failures = 0;
  private workedDirectly = false;
  private hung = HttpTransportType.None;

  next(): TransportPlan {
    if (this.failures < (this.workedDirectly ? patience : 1)) return direct;
    return { skipNegotiation: false, transport: all & ~this.hung };
  }

  worked(plan: TransportPlan): void {
    this.failures = 0;
    if (!plan.skipNegotiation) return;
    this.workedDirectly = true;
    this.hung = HttpTransportType.None;
  }

  /** @param hungIn the transport that did not get through in the time it had, or none if the attempt was refused, cut short or hung before. */
  failed(plan: TransportPlan, hungIn: HttpTransportType): void {
    if (plan.skipNegotiation) {
      this.failures++;
      return;
    }
    this.workedDirectly = false;
    this.hung |= hungIn;
    if (hungIn === HttpTransportType.None || this.hung === all) this.failures = 0;
    if (this.hung === all) this.hung = HttpTransportType.None;
  }
}
