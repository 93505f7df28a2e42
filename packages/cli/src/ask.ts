/** Questions to a person, on stderr. The library is loaded at the first one. */
import { Failure, usageFailure } from './failure.ts'

export interface Asking {
  /** Whether somebody is there to answer; false with --yes, which answers yes to all. */
  readonly possible: boolean
  /** False when the answer is no, and Enter means no. Throws a Failure (exit 2) where nobody can be asked. */
  confirm(question: string): Promise<boolean>
  /** Throws a Failure (exit 2) that names `missing` where nobody can be asked. */
  choose(question: Choice): Promise<string>
  text(question: string, options: { missing: string; initial?: string }): Promise<string>
  secret(question: string, options: { missing: string }): Promise<string>
}

interface Choice {
  readonly message: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  /** What is said where nobody can be asked: the value, and how to give it. */
  readonly missing: string
}

const output = process.stderr

/** The code of a failure that --yes would have prevented. */
export const needsYes = 'needs-yes'

export function createAsking({ canAsk, yes }: { canAsk: boolean; yes: boolean }): Asking {
  const possible = canAsk && !yes
  const prompts = async (missing: string) => {
    if (!possible) throw usageFailure(missing)
    return await import('@clack/prompts')
  }
  const unanswered = (question: string): Failure =>
    new Failure(`${question} Nobody is there to answer: add --yes`, {
      ...{ exitCode: 2, code: needsYes },
    })
  return {
    possible,
    async confirm(question) {
      if (yes) return true
      if (!possible) throw unanswered(question)
      const { confirm } = await import('@clack/prompts')
      return answered(await confirm({ message: question, initialValue: false, output }))
    },
    async choose({ message, options, missing }) {
      const { select } = await prompts(missing)
      return answered(await select({ message, options: [...options], output }))
    },
    async text(message, { missing, initial }) {
      const { text } = await prompts(missing)
      return answered(
        await text({ message, output, ...(initial !== undefined && { initialValue: initial }) }),
      )
    },
    async secret(message, { missing }) {
      const { password } = await prompts(missing)
      return answered(await password({ message, output }))
    },
  }
}

/** The library answers a symbol for Ctrl-C. */
function answered<Answer>(answer: Answer): Exclude<Answer, symbol> {
  if (typeof answer === 'symbol') throw new Failure('not answered', { exitCode: 130 })
  return answer as Exclude<Answer, symbol>
}
