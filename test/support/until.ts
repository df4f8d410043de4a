/** Waits until something is true; fails after `timeoutMs` with what it waited for. */
export async function until(
  isTrue: () => boolean | Promise<boolean>,
  timeoutMs = 45_000,
): Promise<void> {
  const deadline = performance.now() + timeoutMs
  while (!(await isTrue())) {
    if (performance.now() > deadline) throw new Error(`Waited in vain until ${isTrue}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
