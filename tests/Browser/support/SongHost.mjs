import { createServer } from "node:http";
import { wavOf, sampleRate } from "../../../web/tracks/wav.mjs";

const usual = { seconds: 60, ranges: true, cors: true, status: 200, isNoise: false, answers: true, heldAfterBytes: Infinity };

/** A host of songs on an origin of its own that does what it is told: as good ones do, and as bad ones. */
export class SongHost {
  static async open() {
    const host = new SongHost();
    await new Promise((resolve) => host.#server.listen(0, "127.0.0.1", resolve));
    host.origin = `http://127.0.0.1:${host.#server.address().port}`;
    return host;
  }

  origin;
  #songs = new Map();
  #sockets = new Set();
  #isAway = false;
  #server = createServer((request, response) => this.#answer(request, response)).on("connection", (socket) => this.#onConnection(socket));

  /** A song that behaves in a way; its address. */
  add(name, behaviour = {}) {
    const ways = { ...usual, ...behaviour };
    this.#songs.set(name, { ways, bytes: bytesOf(ways), requests: 0, held: new Set() });
    return `${this.origin}/${name}.wav`;
  }

  /** From now on it behaves in another way; what was held goes on. */
  behave(name, change) {
    const song = this.#songs.get(name);
    Object.assign(song.ways, change);
    for (const resume of song.held) resume();
    song.held.clear();
  }

  /** How often a song was asked for. */
  requests(name) {
    return this.#songs.get(name).requests;
  }

  /** Ends all connections and takes no more. */
  leave() {
    this.#isAway = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  comeBack() {
    this.#isAway = false;
  }

  close() {
    this.leave();
    return new Promise((resolve) => this.#server.close(resolve));
  }

  #onConnection(socket) {
    if (this.#isAway) return socket.destroy();
    this.#sockets.add(socket);
    socket.on("close", () => this.#sockets.delete(socket));
    socket.on("error", () => undefined);
  }

  #answer(request, response) {
    const song = this.#songs.get(new URL(request.url, this.origin).pathname.slice(1, -4));
    if (song) song.requests++;
    if (song && !song.ways.answers) return;
    if (!song || song.ways.cors) response.setHeader("access-control-allow-origin", "*");
    if (!song || song.ways.status !== 200) return response.writeHead(song?.ways.status ?? 404).end();
    const range = song.ways.ranges && /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
    const from = range ? Number(range[1]) : 0;
    const to = range?.[2] ? Math.min(Number(range[2]) + 1, song.bytes.length) : song.bytes.length;
    response.writeHead(range ? 206 : 200, {
      "content-type": "audio/wav",
      "content-length": to - from,
      "cache-control": "no-store",
      ...(song.ways.ranges && { "accept-ranges": "bytes" }),
      ...(range && { "content-range": `bytes ${from}-${to - 1}/${song.bytes.length}` }),
    });
    if (request.method === "HEAD") return response.end();
    this.#send(song, response, from, to);
  }

  #send(song, response, from, to) {
    const until = Math.min(to, Math.max(from, song.ways.heldAfterBytes));
    response.write(song.bytes.subarray(from, until));
    if (until === to) response.end();
    else song.held.add(() => this.#send(song, response, until, to));
  }
}

/** A tone that swells and fades once a second, so that two places of it sound different; or what no browser can play. */
function bytesOf({ seconds, isNoise }) {
  if (isNoise) return Buffer.alloc(100_000, "this is not music, ");
  const samples = Float32Array.from({ length: Math.round(seconds * sampleRate) }, (_, i) => 0.4 * Math.sin(i / 6) * Math.abs(Math.sin((Math.PI * i) / sampleRate)));
  return wavOf(samples);
}
