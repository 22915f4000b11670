/** The connection was lost before the answer came. Within the client this means: send again when live. */
export class LinkDownError extends Error {
  override readonly name = "LinkDownError";

  constructor() {
    super("The connection is closed.");
  }
}
