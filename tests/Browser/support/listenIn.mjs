/** To be run in a page before its own code: writes down what its audio elements do, whatever the page says of them. `window.heard` has events, `window.ears` the elements. */
export function listenIn() {
  window.ears = new Set();
  window.heard = [];
  const { play } = HTMLMediaElement.prototype;
  const note = ({ type, target }) => window.heard.push({ type, wallMs: performance.timeOrigin + performance.now(), url: target.currentSrc, atMs: target.currentTime * 1000 });
  HTMLMediaElement.prototype.play = function () {
    if (!window.ears.has(this)) for (const type of ["playing", "seeking", "pause"]) this.addEventListener(type, note);
    window.ears.add(this);
    return play.call(this);
  };
}
