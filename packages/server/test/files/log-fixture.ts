/** What tests of logs need: a writer whose end the test decides, and readers of what comes. */
import { appendFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/** Of a reader that never gives up. */
export const never = new AbortController().signal

export const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString()

export async function readAll(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/** A log whose writer ends when the test says so. */
export function aWriterTo(path: string) {
  let over = false
  return {
    write: (what: string | Uint8Array): void => appendFileSync(path, what),
    end: (): void => void (over = true),
    isOver: async (): Promise<boolean> => over,
  }
}

export async function until(condition: () => boolean, withinMs = 30_000): Promise<void> {
  const deadline = performance.now() + withinMs
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('the condition did not become true in time')
    await delay(5)
  }
}
