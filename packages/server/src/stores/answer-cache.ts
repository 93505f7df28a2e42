/**
 * Answers about the processes and lobbies of an application, kept until one of its processes or rooms changes: dashboards,
 * matchmakers and players ask the same again and again. That holds because this process is the only one that writes.
 */
export interface AnswerCache {
  /** What is kept under `key`, else what `read` gives. */
  find<T>(appId: string, key: string, read: () => Promise<T>): Promise<T>
  /** Forgets what is kept of the application that a write was about, before its answer goes out. */
  touching<T>(write: Promise<T>, appIdOf: (result: T) => string | undefined): Promise<T>
  /** Forgets everything before the answer of a write goes out. */
  clearing<T>(write: Promise<T>): Promise<T>
}

const mostApplications = 1_000
const mostAnswers = 100

export function createAnswerCache(): AnswerCache {
  const kept = new Map<string, Map<string, unknown>>()

  function keep(appId: string, key: string, answer: unknown): void {
    if (kept.size >= mostApplications) kept.clear()
    const answers = kept.get(appId) ?? new Map<string, unknown>()
    if (answers.size >= mostAnswers) answers.clear()
    kept.set(appId, answers.set(key, answer))
  }

  return {
    async find<T>(appId: string, key: string, read: () => Promise<T>) {
      const known = kept.get(appId)?.get(key)
      if (known !== undefined) return known as T // the key names what was read
      // Reading is done within this turn, so no write comes between it and what is kept.
      const answer = await read()
      keep(appId, key, answer)
      return answer
    },
    async touching(write, appIdOf) {
      const result = await write
      const appId = appIdOf(result)
      if (appId !== undefined) kept.delete(appId)
      return result
    },
    async clearing(write) {
      const result = await write
      kept.clear()
      return result
    },
  }
}
