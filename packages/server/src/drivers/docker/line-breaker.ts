/** Text that comes in pieces, as lines. */

export interface LineBreaker {
  take(text: string): void
  /** Says what has no line break behind it yet. */
  flush(): void
}

/** No line is longer: readers of the log are promised that. */
const longestLine = 60_000

/** Each line begins with `prefix`; one that is too long goes on in the next. */
export function createLineBreaker(say: (line: string) => void, prefix = ''): LineBreaker {
  const longest = longestLine - prefix.length
  let rest = ''

  function sayLine(line: string): void {
    const text = line.replace(/\r$/, '')
    for (let at = 0; at === 0 || at < text.length; at += longest)
      say(prefix + text.slice(at, at + longest))
  }

  return {
    take(text) {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      lines.forEach(sayLine)
      if (rest.length < longest) return
      const whole = rest.length - (rest.length % longest)
      sayLine(rest.slice(0, whole))
      rest = rest.slice(whole)
    },
    flush() {
      if (rest !== '') sayLine(rest)
      rest = ''
    },
  }
}
