/**
 * One request to stop can arrive twice: Ctrl+C reaches npm and this process,
 * and npm passes it on; `timeout` signals the child and its group.
 */
const sameRequestMs = 1_000

/** Resolves at the first request to stop; at a second one, the process ends as it would have. */
export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const onSignal = () => {
        resolve()
        setTimeout(() => process.off(signal, onSignal), sameRequestMs).unref()
      }
      process.on(signal, onSignal)
    }
  })
}
