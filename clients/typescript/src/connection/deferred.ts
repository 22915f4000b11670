/** A promise that is settled from outside. Its rejection may go unheard. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly isDone: boolean;
  resolve(value: T): void;
  reject(error: unknown): void;
}

export function deferred<T>(): Deferred<T> {
  let settle!: { resolve: (value: T) => void; reject: (error: unknown) => void };
  const promise = new Promise<T>((resolve, reject) => (settle = { resolve, reject }));
  promise.catch(() => undefined);
  let isDone = false;
  return {
    promise,
    get isDone() {
      return isDone;
    },
    resolve(value) {
      isDone = true;
      settle.resolve(value);
    },
    reject(error) {
      isDone = true;
      settle.reject(error);
    },
  };
}
