import { Connection, type Channel, type ChannelVerdict, type RefusalError, type SubscribeOptions } from "../src/index.js";
import type { FakeChannel } from "./FakeChannel.js";
import { FakeServer } from "./FakeServer.js";
import { VirtualEnvironment } from "./VirtualEnvironment.js";

/** A channel of a fake server, and this library's view of it, in virtual time. */
export class ChannelFixture {
  readonly time = new VirtualEnvironment();
  readonly server = new FakeServer(this.time);
  readonly connection = new Connection({ url: "/hub", token: async () => "token", transport: this.server.transport, environment: this.time });
  readonly channel: Channel = this.connection.channel("news");
  readonly there: FakeChannel = this.server.channel("news");
  readonly verdicts: ChannelVerdict[] = [];
  readonly texts: string[] = [];
  readonly failed: RefusalError[] = [];
  readonly errors: unknown[] = [];

  constructor() {
    this.channel.on("verdict", (verdict) => this.verdicts.push(verdict));
    this.channel.on("failed", (error) => this.failed.push(error));
    this.connection.on("error", (error) => this.errors.push(error));
  }

  static async subscribed(options?: SubscribeOptions): Promise<ChannelFixture> {
    const fixture = new ChannelFixture();
    await fixture.connection.start();
    await fixture.subscribe(options);
    return fixture;
  }

  subscribe(options?: SubscribeOptions): Promise<ChannelVerdict> {
    return this.channel.subscribe(({ event, data }) => event === "said" && this.texts.push((data as { text: string }).text), options);
  }

  /** The connection is lost; something happens; another one is made. */
  async comeBack(meanwhile: () => void): Promise<void> {
    this.server.cut();
    meanwhile();
    await this.time.advance(1_000);
  }

  /** The verdicts, in short. */
  get told(): string[] {
    return this.verdicts.map(({ verdict, lostFrom, lostTo }) => (verdict === "lost" ? `lost ${lostFrom} to ${lostTo}` : verdict));
  }
}
