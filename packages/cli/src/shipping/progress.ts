/** Long work as lines on stderr: one live line for the step under way on a terminal, a line per finished step elsewhere. */
import type { Context } from '../context.ts'

export interface Progress {
  /** What the step under way is doing now; shown on terminals only. */
  update(text: string): void
  /** Ends the step under way with a line that stays. */
  done(text: string): void
  /** A line of output that belongs to the step, indented. */
  detail(text: string): void
}

/** Says nothing. */
export const silent: Progress = { update() {}, done() {}, detail() {} }

/** Steps and their output, but not how far the step under way is. */
export const withoutUpdates = (progress: Progress): Progress => ({ ...progress, update() {} })

/** Nothing is shown with --json and --quiet: stderr is for errors alone then. */
export function createProgress({ out }: Pick<Context, 'out'>): Progress {
  const { stderr } = process
  const shown = out.format === 'text'
  const live = shown && stderr.isTTY
  const clear = (): void => {
    if (live) stderr.write('\r\u001b[K')
  }
  const line = (text: string): void => {
    if (!shown) return
    clear()
    out.say(text)
  }
  return {
    update(text) {
      if (!live) return
      clear()
      stderr.write(text.slice(0, Math.max(stderr.columns - 1, 20)))
    },
    done: line,
    detail: (text) => line(`  ${text}`),
  }
}

/** `12.3 MB`, `340 kB`: sizes that change while one looks. */
export function bytesText(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.ceil(bytes / 1_000)} kB`
  if (bytes < 1_000_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`
  return `${(bytes / 1_000_000_000).toFixed(2)} GB`
}

export const secondsText = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`
