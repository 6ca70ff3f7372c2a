/** Listeners by the name of what happens. */
export interface Events<T> {
  /** Calls the listener each time. Returns a function that takes it away. */
  on<K extends keyof T>(event: K, listener: (value: T[K]) => void): () => void;
  /** Resolves with the next one that fits. */
  next<K extends keyof T>(event: K, fits?: (value: T[K]) => boolean): Promise<T[K]>;
  emit<K extends keyof T>(event: K, value: T[K]): void;
}

export function createEvents<T>(): Events<T> {
  const listeners: { [K in keyof T]?: Set<(value: T[K]) => void> } = {};
  function on<K extends keyof T>(event: K, listener: (value: T[K]) => void): () => void {
    const set = (listeners[event] ??= new Set());
    set.add(listener);
    return () => set.delete(listener);
  }
  return {
    on,
    next(event, fits = () => true) {
      return new Promise((resolve) => {
        const off = on(event, (value) => {
          if (!fits(value)) return;
          off();
          resolve(value);
        });
      });
    },
    emit(event, value) {
      for (const listener of Array.from(listeners[event] ?? [])) listener(value);
    },
  };
}
