import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";
import { ListeningRoom } from "./ListeningRoom.jsx";

const { server, room } = await (await fetch("/settings")).json();

const getToken = async (signal) => (await (await fetch("/token", { method: "POST", signal })).json()).token;

function App() {
  const [isShown, setIsShown] = useState(true);
  const [said, setSaid] = useState("Nothing has happened yet.");
  return (
    <>
      <h1>Our React app</h1>
      <p>
        <button onClick={() => setIsShown(!isShown)}>{isShown ? "Close the room" : "Open the room"}</button> <output>{said}</output>
      </p>
      {isShown && <ListeningRoom server={server} room={room} getToken={getToken} onJoined={({ roomId }) => setSaid(`You are in ${roomId}.`)} onError={({ message }) => setSaid(message)} />}
    </>
  );
}

createRoot(document.getElementById("root")).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
