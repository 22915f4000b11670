import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { enter, unique } from "../Gateway/npm/support/rooms.mjs";
import { startServer } from "../Gateway/npm/support/server.mjs";
import { chromiumFile, launch } from "./support/browser.mjs";
import { Window } from "./support/Window.mjs";

const skip = chromiumFile ? false : "there is no Chromium: apt install chromium, or set CHROMIUM";

describe("who may do what in a room, by hand", { skip }, () => {
  let server;
  let browser;
  let ann;
  let bob;
  let program;

  before(async () => {
    server = await startServer();
    browser = await launch();
    ann = await Window.open(browser, "Ann", server.url);
    await ann.page.waitForSelector("#room-name");
    const roomUrl = await ann.openRoom(unique("roles"));
    bob = await Window.open(browser, "Bob", roomUrl);
    await bob.inRoom();
    await ann.add("Night Bus");
    await bob.until((page) => page.vector?.status === "playing");
  });

  after(async () => {
    await program?.client.stop();
    await browser?.close();
    await server?.stop();
  });

  const menu = async (window, page) => {
    await window.page.click("text=Room menu");
    await window.page.click(`.sheet-pages >> text="${page}"`);
  };
  const close = (window) => window.page.keyboard.press("Escape");
  const about = (window, name) => window.page.click(`[aria-label="What to do about ${name}"]`);

  test("what a room lets everybody do, everybody is offered at once, and no longer when it does not", async () => {
    assert.equal(await bob.page.locator('[aria-label="Pause for everybody"]').count(), 0);
    await menu(ann, "Roles");
    await ann.page.click('summary:text-is("Songs")');
    const permission = ann.page.getByLabel("Play, pause, seek and set the speed");
    await permission.selectOption({ label: "Everybody" });
    await bob.page.selectOption(".speed select", { label: "1.25×" });
    await ann.until((page) => page.vector.ratePermille === 1250);
    await bob.page.click('[aria-label="Pause for everybody"]');
    await ann.until((page) => page.vector.status === "paused");
    await permission.selectOption({ label: "As usual: Co-host" });
    await bob.page.waitForSelector('[aria-label="Play for everybody"]', { state: "detached" });
    // Who may not choose the speed is told it.
    await bob.page.waitForSelector(".speed:has-text('1.25×')");
    await close(ann);
  });

  test("co-hosts are put in order, and everybody with a role is there, whoever is here", async () => {
    program = await enter(server, new URL(ann.page.url()).pathname.split("/").pop(), unique("cyd"), { name: "Cyd" });
    await about(ann, "Bob");
    await ann.page.selectOption(".person-actions select", "coHost");
    await bob.page.waitForSelector(".people .role:has-text('Co-host')");
    await about(ann, "Bob");
    await about(ann, "Cyd");
    await ann.page.selectOption(".person-actions select", "coHost");
    await menu(ann, "Roles");
    const order = () => ann.page.locator("[data-testid=succession] bdi").allTextContents();
    await ann.page.waitForSelector("[data-testid=succession] li >> nth=1");
    const [first, second] = await order();
    await ann.page.focus(`[aria-label="${second} comes earlier"]`);
    await ann.page.keyboard.press("Enter");
    await ann.page.waitForFunction((name) => document.querySelector("[data-testid=succession] bdi").textContent === name, second);
    assert.deepEqual(await order(), [second, first]);
    // Keys stay where they were, though there is no earlier place.
    assert.equal(await ann.page.evaluate(() => document.activeElement.getAttribute("aria-label")), `${second} comes earlier`);
    assert.equal(await ann.page.locator("[data-testid=holders] select").count(), 2);
    await close(ann);
  });

  test("somebody is followed, seen to be, and followed no more", async () => {
    await about(bob, "Ann");
    await bob.page.click("text=Tell me when they play");
    await bob.page.waitForSelector("text=Tell me no more when they play");
    await menu(bob, "You");
    await bob.page.click('[data-testid=follows] [aria-label="Tell me no more when Ann plays"]');
    await bob.page.waitForSelector("text=You are told of nobody yet.");
    await close(bob);
    await about(bob, "Ann");
  });

  test("a message is reported by itself, though its author has left", async () => {
    await program.client.command("SendChat", program.roomId, { text: "buy this" });
    await ann.textsUpTo("buy this");
    await program.client.command("LeaveRoom", program.roomId, {});
    await bob.page.waitForFunction(() => !document.querySelector("[data-testid=people]").textContent.includes("Cyd"));
    await bob.page.click('[aria-label="What to do with the message of Cyd"]');
    await bob.page.click("text=About Cyd");
    await bob.page.click('.message .person-actions >> text="Report"');
    await bob.page.fill(".message .sanction input", "sells things");
    await bob.page.click(".message .sanction button[type=submit]");
    await ann.page.click(".notices li:has-text('Somebody was reported: sells things') [aria-label='Dismiss this notice']");
    await bob.page.waitForSelector(".message .sanction", { state: "detached" });
  });

  test("when nothing is queued, what was chosen for that plays", async () => {
    await menu(ann, "Settings");
    await ann.page.getByRole("checkbox", { name: /^Paper Boats/ }).check();
    await ann.page.click("text=Play these");
    await ann.page.waitForSelector("text=1 song plays when nothing is queued.");
    await close(ann);
    await ann.page.click('[aria-label="Play for everybody"]');
    await ann.page.click('[aria-label="Skip to the next song"]');
    await bob.page.waitForSelector("[data-testid=title]:text-is('Paper Boats')");
    await menu(ann, "Settings");
    await ann.page.click("text=Play nothing");
    await ann.page.waitForSelector("text=Nothing plays when nothing is queued.");
    await close(ann);
  });

  test("the room is offered, taken back without a role being lost, offered again and taken", async () => {
    await about(ann, "Bob");
    await ann.page.click('[aria-label="Offer the room to Bob"]');
    await ann.page.waitForSelector(".offer:has-text('You have offered the room to Bob')");
    await bob.page.waitForSelector(".offer:has-text('Ann offers you this room.')");
    await ann.page.click("text=Take the offer back");
    await bob.page.waitForSelector(".offer", { state: "detached" });
    await bob.page.waitForSelector(".people .role:has-text('Co-host')");
    await ann.page.click('[aria-label="Offer the room to Bob"]');
    await bob.page.click('.offer >> text="Take it"');
    await ann.page.waitForSelector(".offer", { state: "detached" });
    await menu(bob, "You");
    await bob.page.waitForSelector("text=Your role: owner");
    await close(bob);
    await menu(ann, "You");
    await ann.page.waitForSelector("text=Your role: co-host");
    await close(ann);
  });

  test("who closes a room can open it again where they stand, and comes in", async () => {
    await menu(bob, "Settings");
    await bob.page.click("text=Close the room");
    await bob.page.click("text=Close it now");
    await ann.page.waitForSelector("text=This room is closed.");
    // Of those who are out, only who may open it is offered that.
    assert.equal(await ann.page.locator("text=Open it again").count(), 0);
    await bob.page.click("text=Open it again");
    await bob.inRoom();
  });

  test("no page had an error", () => assert.deepEqual([...ann.errors, ...bob.errors], []));
});
