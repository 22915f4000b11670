/**
 * The page's styles as an element of somebody else's page needs them. What is the window's there is the element's here: its variables, its width and height, and the size of a letter,
 * which would else be that of the app. The app changes a colour, a radius or a speed as `--whatssound-{name}`, wherever it is inherited from.
 */
export function forElement(css, { isTheme = false } = {}) {
  const themed = isTheme ? themable(css) : css;
  return themed
    .replace(/(\d*\.?\d+)rem\b/g, (_, number) => `${Number(number) * 16}px`)
    .replace(/(\d)d?vh\b/g, "$1cqh")
    .replace(/(\d)vw\b/g, "$1cqw")
    .replace(/:root\b/g, ":host")
    .replace(/(^|[\s,}])body(?=\s*[{,])/g, "$1.whatssound")
    .replace(/@media(?=[^{]*(width|height))/g, "@container");
}

/** The first block: what comes after it are the system's wishes, which go before an app's. */
function themable(css) {
  const end = css.indexOf("}");
  return css.slice(0, end).replace(/^( +--)([\w-]+): (.+);$/gm, "$1$2: var(--whatssound-$2, $3);") + css.slice(end);
}

/** For Vite: styles that components import are left out, since the element has them all in one sheet; those that are imported as text are made to fit. */
export function embedStyles() {
  return {
    name: "whatssound-embed-styles",
    enforce: "pre",
    resolveId: (source) => (source.endsWith(".css") ? "\0no-style" : null),
    load: (id) => (id === "\0no-style" ? "" : null),
    transform: (css, id) => (id.endsWith(".css?inline") ? forElement(css, { isTheme: id.includes("tokens.css") }) : null),
  };
}
