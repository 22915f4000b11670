const paths = {
  play: "M7 4.5v15l12.5-7.5z",
  pause: "M7 5h3.6v14H7zM13.4 5H17v14h-3.6z",
  skip: "M5 5v14l9.5-7zM16 5h3v14h-3z",
  up: "M12 5.5 4.5 15h15z",
  down: "M12 18.5 4.5 9h15z",
  close: "M6.4 5 12 10.6 17.6 5 19 6.4 13.4 12l5.6 5.6-1.4 1.4-5.6-5.6L6.4 19 5 17.6 10.6 12 5 6.4z",
  plus: "M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z",
  check: "M9.2 18 3.5 12.3l1.5-1.5 4.2 4.2L19 5.2l1.5 1.5z",
  wait: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18m0 2a7 7 0 1 1 0 14 7 7 0 0 1 0-14m-1 2v6l4.5 2.7 1-1.6-3.5-2.1V7z",
  menu: "M5 10a2 2 0 1 0 0 4 2 2 0 0 0 0-4m7 0a2 2 0 1 0 0 4 2 2 0 0 0 0-4m7 0a2 2 0 1 0 0 4 2 2 0 0 0 0-4",
  send: "M4 4.5 21 12 4 19.5 6 13l8-1-8-1z",
  back: "M14.5 5 16 6.5 10.5 12l5.5 5.5-1.5 1.5L7.5 12z",
  link: "M3.9 12A3.1 3.1 0 0 1 7 8.9h4V7H7a5 5 0 0 0 0 10h4v-1.9H7A3.1 3.1 0 0 1 3.9 12M8 13h8v-2H8zm9-6h-4v1.9h4a3.1 3.1 0 0 1 0 6.2h-4V17h4a5 5 0 0 0 0-10",
  volume: "M4 9.5v5h3.5L12 19V5L7.5 9.5zM15 8.5a4.5 4.5 0 0 1 0 7zM15 4.5v2.1a5.6 5.6 0 0 1 0 10.8v2.1a7.7 7.7 0 0 0 0-15",
  muted: "M4 9.5v5h3.5L12 19V5L7.5 9.5zM15.4 8.5 14 9.9l2.1 2.1-2.1 2.1 1.4 1.4 2.1-2.1 2.1 2.1 1.4-1.4-2.1-2.1L21 9.9l-1.4-1.4-2.1 2.1z",
  crown: "M3.5 8 8 11.5 12 5l4 6.5L20.5 8 19 18H5z",
  tap: "M12 3a7 7 0 0 0-7 7v6.5A2.5 2.5 0 0 0 7.5 19H9v-7H7v-2a5 5 0 0 1 10 0v2h-2v7h1.5a2.5 2.5 0 0 0 2.5-2.5V10a7 7 0 0 0-7-7",
} as const;

/** A small picture beside or instead of a label; it says nothing by itself. */
export function Icon({ name }: { name: keyof typeof paths }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} fill="currentColor" />
    </svg>
  );
}
