/** Bars that dance while music plays. */
export function Bars({ isMoving }: { isMoving: boolean }) {
  return (
    <span class={isMoving ? "bars bars-moving" : "bars"} aria-hidden="true">
      <i />
      <i />
      <i />
      <i />
    </span>
  );
}
