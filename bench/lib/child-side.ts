/** The other end of `child.ts`: for the programs that it starts. */

/** What the parent passed on. */
export const argumentOf = <T>(): T => JSON.parse(process.argv[2] ?? '{}') as T // the parent is ours

export const tell = (message: object): void => void process.send?.(message)

/** Says that the program is ready, or answers a question. */
export const answer = (value: unknown): void => tell({ answer: value })

/** Answers questions by name; ends the program when the parent is gone, and cleanly on SIGTERM. */
export function serveQuestions(
  answers: Readonly<Record<string, () => unknown>>,
  close: () => unknown = () => undefined,
): void {
  process.on('message', ({ ask }: { ask?: string }) => {
    const found = ask === undefined ? undefined : answers[ask]
    if (found !== undefined) void Promise.resolve(found()).then(answer)
  })
  process.on('disconnect', () => process.exit())
  process.on('SIGTERM', () => void Promise.resolve(close()).then(() => process.exit()))
}
