import { createServer } from "node:http";

/** An app on an origin of its own that has the page in a frame and hands it a token whenever it asks for one. */
export class EmbeddingApp {
  static async open() {
    const app = new EmbeddingApp();
    app.#server = createServer((_, response) => response.setHeader("content-type", "text/html").end(app.#page()));
    await new Promise((resolve) => app.#server.listen(0, "127.0.0.1", resolve));
    app.origin = `http://127.0.0.1:${app.#server.address().port}`;
    return app;
  }

  #server;
  origin;
  /** The address in the frame, and the token that is handed to it. */
  frame = "about:blank";
  token = "";

  close() {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(resolve));
  }

  #page() {
    const origin = JSON.stringify(new URL(this.frame).origin);
    const answer = JSON.stringify({ type: "whatssound:token", token: this.token });
    return `<!doctype html><iframe src="${this.frame}" width="1000" height="700" allow="autoplay"></iframe><script>
      addEventListener("message", (event) => {
        if (event.origin === ${origin} && event.data?.type === "whatssound:token-wanted") event.source.postMessage(${answer}, ${origin});
      });
      // Also without being asked, as one would who hopes to be heard.
      setInterval(() => document.querySelector("iframe").contentWindow.postMessage(${answer}, "*"), 200);
    </script>`;
  }
}
