import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { enter, unique } from "../Gateway/npm/support/rooms.mjs";
import { chromiumFile, launch } from "./support/browser.mjs";
import { listenIn } from "./support/listenIn.mjs";
import { act, add, current, isInSync, newRoom, playing, serverWithSongs } from "./support/songRooms.mjs";
import { Window } from "./support/Window.mjs";

/** What the page says is wrong with songs. */
function readTroubles() {
  window.troubles = [];
  const look = () => document.querySelectorAll("[data-trouble]").forEach((said) => window.troubles.push(said.dataset.trouble));
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
}

const skip = chromiumFile ? false : "there is no Chromium: apt install chromium, or set CHROMIUM";

describe("songs from hosts good and bad", { skip }, () => {
  let server;
  let songs;
  let browser;
  let ann;

  before(async () => {
    server = await serverWithSongs();
    ({ songs } = server);
    browser = await launch();
    ann = await Window.open(browser, "Ann", server.url, { initScript: listenIn });
    await ann.page.context().addInitScript(readTroubles);
    await ann.page.waitForSelector("#room-name");
  });

  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const seeks = (window) => window.page.evaluate(() => window.heard.filter((event) => event.type === "seeking").length);

  test("a host without byte ranges is heard where the room is, and not asked again and again", async () => {
    await newRoom(ann, server);
    const url = songs.add("whole", { ranges: false });
    await add(ann, url);
    await ann.until(isInSync);
    await act(ann, "seek", (await playing(ann)).entryId, 30_000);
    await ann.until((page) => page.positionMs > 30_000 && isInSync(page));
    const count = await seeks(ann);
    assert.ok(count <= 4, `${count} seeks`);
    assert.ok(songs.requests("whole") <= 3, `${songs.requests("whole")} requests`);
  });

  test("where such a host keeps pages out, too, it is said, and nothing is heard in a wrong place", async () => {
    await newRoom(ann, server);
    await add(ann, songs.add("stream", { ranges: false, cors: false }));
    await act(ann, "seek", (await playing(ann)).entryId, 30_000);
    await ann.until((page) => page.audio.trouble === "unseekable" && page.audio.isPaused);
    await ann.page.waitForSelector(".trouble");
  });

  test("who adds a song of such a host by its address is told, and it is not added", async () => {
    await newRoom(ann, server);
    await ann.page.click("text=Add a link to a song");
    await ann.page.fill("[type=url]", songs.add("in-one-piece", { ranges: false, cors: false }));
    await ann.page.click(".add-address button");
    await ann.page.waitForSelector("text=Whoever comes late could not hear this song");
    assert.equal(await current(ann), null);
    await ann.page.fill("[type=url]", songs.add("readable", { ranges: false }));
    await ann.page.click(".add-address button");
    await ann.until(isInSync);
  });

  test("a song that cannot be had for a while is tried again, and heard once it can", async () => {
    await newRoom(ann, server);
    const url = songs.add("busy", { status: 503 });
    await add(ann, url);
    await ann.until((page) => page.audio.trouble === "unavailable");
    await ann.page.waitForSelector(".trouble");
    songs.behave("busy", { status: 200 });
    await ann.until(isInSync);
    await ann.page.waitForSelector(".trouble", { state: "detached" });
  });

  test("a host that is away is said, and its song is heard once it is back", async () => {
    await newRoom(ann, server);
    const url = songs.add("away");
    songs.leave();
    await add(ann, url);
    await ann.until((page) => page.audio.trouble === "unreachable");
    songs.comeBack();
    await ann.until((page) => page.audio.trouble === null && isInSync(page));
  });

  test("a host that goes away in the middle of a song is said, and heard again where the room is", async () => {
    await newRoom(ann, server);
    await add(ann, songs.add("flaky", { seconds: 600, heldAfterBytes: 2_000_000 }), 600_000);
    await ann.until(isInSync);
    songs.leave();
    await act(ann, "seek", (await playing(ann)).entryId, 300_000);
    // Browsers try again for a while, too, before they say so.
    await ann.until((page) => ["stalled", "unreachable"].includes(page.audio.trouble));
    songs.behave("flaky", { heldAfterBytes: Infinity });
    songs.comeBack();
    await ann.until((page) => page.audio.trouble === null && page.positionMs > 300_000 && isInSync(page));
  });

  test("a song that comes too slowly is said to, and heard where the room is once it comes", async () => {
    await newRoom(ann, server);
    await add(ann, songs.add("slow", { heldAfterBytes: 16_000 }));
    await ann.until((page) => page.audio.trouble === "stalled");
    songs.behave("slow", { heldAfterBytes: Infinity });
    await ann.until((page) => page.audio.trouble === null && isInSync(page));
  });

  test("songs that are at fault are told to the room, which goes on with the next one", async () => {
    await newRoom(ann, server);
    const program = await enter(server, new URL(ann.page.url()).pathname.split("/").pop(), unique("bob"));
    for (const [name, behaviour, trouble] of [["lost", { status: 404 }, "gone"], ["noise", { isNoise: true }, "undecodable"], ["brief", { seconds: 1 }, "short"]]) {
      await add(ann, songs.add(name, behaviour));
      await ann.page.waitForFunction((trouble) => window.troubles.includes(trouble), trouble);
      // One of two who say so: in a room in which nobody else has a say yet, the other one decides alone, and was faster.
      const { entryId } = (await ann.read()).vector;
      await program.client.call(trouble === "short" ? "ReportEnded" : "ReportUnplayable", { roomId: program.roomId, entryId });
      await ann.until((page) => page.room.queue.current === null);
    }
    const { plays } = await program.client.ask("GetPlays", { roomId: program.roomId });
    assert.deepEqual(plays.map(({ song }) => [song.track.title, song.endReason]), [["brief", "completed"], ["noise", "error"], ["lost", "error"]]);
    await program.client.stop();
  });

  test("a song whose host takes the connection and never answers does not keep the room silent", async () => {
    await newRoom(ann, server);
    await add(ann, songs.add("mute", { answers: false }));
    await add(ann, songs.add("after"));
    await ann.until((page) => page.room.queue.current?.track.title === "after");
    await ann.until(isInSync);
  });

  test("the next song is there before it is its turn", async () => {
    await newRoom(ann, server);
    await add(ann, songs.add("first"));
    await ann.until(isInSync);
    await add(ann, songs.add("second"));
    await ann.until((page) => page.audio.isNextReady && page.audio.next === page.room.queue.window[0]?.entryId);
    songs.leave();
    await act(ann, "skip", (await playing(ann)).entryId);
    await ann.until((page) => page.room.queue.current?.track.title === "second" && isInSync(page));
    songs.comeBack();
    const { audio } = await ann.read();
    assert.equal(audio.trouble, null);
  });
});
