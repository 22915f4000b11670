import { click, does, show } from "./support/show";
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { LanguageChoice } from "../src/language/LanguageChoice";
import { formatIn } from "../src/language/format";
import { CopyLink } from "../src/room/CopyLink";
import { TryAgain } from "../src/room/TryAgain";
import { FakeConnection, InRoom, room } from "./support/room";

const inviteOnly = { settings: { name: "Den", isListed: false, isInviteOnly: true } };

/** What is copied, as long as the browser lets it. */
function clipboard(t: TestContext, lets = true): string[] {
  const copied: string[] = [];
  const writeText = (text: string) => (lets ? Promise.resolve(void copied.push(text)) : Promise.reject(new Error("not secure")));
  t.mock.getter(navigator, "clipboard", () => ({ writeText }) as unknown as Clipboard);
  document.execCommand = () => false;
  return copied;
}

const copyLink = async (userId: string, connection = new FakeConnection({ CreateInvite: () => ({ invite: "x/y" }) })) => {
  const page = await show(
    <InRoom state={room(inviteOnly)} userId={userId} connection={connection}>
      <CopyLink />
    </InRoom>,
  );
  await click(page.getByText("Copy link"));
  return page;
};

test("the link to a room by invite only is an invite, the same each time", async (t) => {
  const copied = clipboard(t);
  const connection = new FakeConnection({ CreateInvite: () => ({ invite: "x/y" }) });
  const page = await copyLink("ann", connection);
  await page.findByText("Invite copied: 10 people can come in by it, until tomorrow.");
  await click(page.getByText("Copy link"));
  assert.deepEqual(copied, Array(2).fill("http://room.test/r/den#invite=x%2Fy"));
  assert.equal(connection.asked.length, 1);
  await page.close();
});

test("who may not invite is told that the link lets nobody in", async (t) => {
  const copied = clipboard(t);
  const page = await copyLink("bob");
  await page.findByText("Link copied. It lets nobody in who has no invite.");
  assert.deepEqual(copied, ["http://room.test/r/den"]);
  await page.close();
});

test("where a page may not copy, the link is there to be copied", async (t) => {
  clipboard(t, false);
  const page = await copyLink("ann");
  assert.equal(((await page.findByLabelText("Copy this link:")) as HTMLInputElement).value, "http://room.test/r/den#invite=x%2Fy");
  await click(page.getByLabelText("Done"));
  assert.equal(page.queryByLabelText("Copy this link:"), null);
  await page.close();
});

test("who was sent out comes in again by a button, once it is time", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  let tries = 0;
  let nowMs = 0;
  t.mock.method(performance, "now", () => nowMs);
  const page = await show(<TryAgain afterMs={2_000} onTry={() => tries++} />);
  const button = page.getByRole("button", { name: /^Try again/ }) as HTMLButtonElement;
  assert.equal(button.disabled, true);
  nowMs = 2_000;
  await does(() => t.mock.timers.tick(2_000));
  await click(button);
  assert.equal(tries, 1);
  await page.close();
});

test("a choice of language has one label, seen or not", async () => {
  for (const isLabelled of [true, false]) {
    const page = await show(<LanguageChoice isLabelled={isLabelled} />);
    assert.equal(page.getAllByLabelText("Language").length, 1);
    assert.equal(page.getByText("Language").classList.contains("hidden"), !isLabelled);
    await page.close();
  }
});

test("a time of today is without its day, and no hour has a zero before it", () => {
  const today = new Date();
  today.setHours(13, 1);
  const { time, date } = formatIn("en");
  assert.match(time(today.getTime()), /^1:01\sPM$/);
  assert.equal(date(today.getTime()), time(today.getTime()));
  assert.match(date(today.getTime() - 48 * 60 * 60_000), /\d{4}, 1:01\sPM$/);
});
