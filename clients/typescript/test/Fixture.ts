import { RoomConnection, type RefusalError, type RoomRecovery } from "../src/index.js";
import { chatChannel, FakeServer } from "./FakeServer.js";
import { VirtualEnvironment } from "./VirtualEnvironment.js";

/** A connection of this library to a fake server, in virtual time. */
export class Fixture {
  readonly time = new VirtualEnvironment();
  readonly server = new FakeServer(this.time);
  readonly recoveries: RoomRecovery[] = [];
  readonly offsets: number[] = [];
  readonly left: RefusalError[] = [];
  readonly errors: unknown[] = [];
  tokens = 0;
  /** What makes a token. */
  token: (signal: AbortSignal) => Promise<string> = async () => `token-${this.tokens}`;
  readonly connection = new RoomConnection({
    url: "/hub",
    token: (signal) => {
      this.tokens++;
      return this.token(signal);
    },
    transport: this.server.transport,
    environment: this.time,
  });

  constructor() {
    this.connection.on("recovery", (recovery) => this.recoveries.push(recovery));
    this.connection.on("publication", ({ channel, publication }) => channel === chatChannel && this.offsets.push(publication.offset));
    this.connection.on("left", (error) => this.left.push(error));
    this.connection.on("error", (error) => this.errors.push(error));
  }

  static async joined(): Promise<Fixture> {
    const fixture = new Fixture();
    await fixture.connection.start();
    await fixture.connection.join("den", { name: "Bob" });
    return fixture;
  }

  get texts(): string[] {
    return this.connection.room!.chat.map((message) => message.data.text);
  }

  get chatOffset(): number {
    return this.connection.progress.positions[chatChannel]!.offset;
  }
}

/** The same promise; its rejection may come before anybody asks. */
export function heard<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

/** What a promise was rejected with, by its code; `none` if it was resolved, `pending` if neither has happened. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  const pending = new Promise<string>((resolve) => setImmediate(() => setImmediate(() => resolve("pending"))));
  const code = promise.then(
    () => "none",
    (error: unknown) => (error as { code?: string }).code ?? String(error),
  );
  return Promise.race([code, pending]);
}

export const never = new Promise<never>(() => undefined);
