import { click, show } from "./support/show";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Follow } from "../src/room/people/Follow";
import { Follows } from "../src/room/people/Follows";
import { Tries } from "../src/room/Tries";
import { FakeConnection, InRoom, member, room } from "./support/room";

test("who is followed is seen, by the name they had, and followed no more", async () => {
  const followed = new Set<string>(["guest-1"]);
  const connection = new FakeConnection({
    GetFollows: () => ({ users: [...followed].map((userId) => ({ userId, atMs: 0 })), usersMax: 200 }),
    Follow: ({ ofUserId }) => followed.add(ofUserId as string),
    Unfollow: ({ ofUserId }) => followed.delete(ofUserId as string),
  });
  const state = room({ members: [member("ann"), member("guest-2", "Bob")] });
  const shown = (child: preact.JSX.Element, inRoom = state) =>
    show(
      <InRoom state={inRoom} connection={connection}>
        <Tries>{child}</Tries>
      </InRoom>,
    );
  const button = await shown(<Follow userId="guest-2" />);
  await click(await button.findByText("Tell me when they play"));
  await button.findByText("Tell me no more when they play");
  await button.close();
  // Bob has left, and is still Bob.
  const list = await shown(<Follows />, room());
  await list.findByText("You are told when these play (up to 200)");
  assert.deepEqual([...list.getByTestId("follows").querySelectorAll("bdi")].map((name) => name.textContent), ["guest-1", "Bob"]);
  await click(list.getByLabelText("Tell me no more when Bob plays"));
  await click(list.getByLabelText("Tell me no more when guest-1 plays"));
  await list.findByText(/^You are told of nobody yet/);
  assert.deepEqual([...followed], []);
  await list.close();
  localStorage.clear();
});
