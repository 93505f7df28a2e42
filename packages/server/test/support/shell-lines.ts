/** The calls of one program in a piece of shell, as far as pages use it: quotes, pipes, `$(…)`, here-documents. */

/** Each call as its words, the program's name left out; a substitution is the word `X`. */
export function callsOf(program: string, shell: string): string[][] {
  const whole = withoutHereDocuments(shell).replaceAll('\\\n', ' ')
  return whole.split('\n').flatMap((line) => callsInLine(program, line))
}

const withoutHereDocuments = (shell: string): string =>
  shell.replaceAll(/<<'(\w+)'\n[^]*?^\1$/gm, '')

/** The innermost substitution first; what is left of it then is one word. */
function callsInLine(program: string, line: string): string[][] {
  const inner = /\$\(([^()]*)\)/.exec(line)
  if (inner !== null)
    return [
      ...callsInLine(program, inner[1] ?? ''),
      ...callsInLine(program, line.replace(inner[0], 'X')),
    ]
  return partsOf(line).flatMap((words) => {
    const at = words.findIndex((word) => !/^(?:npx|\w+=.*)$/.test(word))
    const name = words[at]?.split('/').at(-1)
    return name === program ? [words.slice(at + 1)] : []
  })
}

/** Words of the commands that a line has, one after the other or in a pipe; a comment ends it. */
function partsOf(line: string): string[][] {
  const parts: string[][] = [[]]
  for (const [token] of line.matchAll(/&&|\|\||[|;<>]|#.*|(?:'[^']*'|"[^"]*"|[^\s'"|;<>&])+/g)) {
    if (token.startsWith('#')) break
    if (/^[|;<>&]/.test(token)) parts.push([])
    else parts.at(-1)?.push(token.replaceAll(/['"]/g, ''))
  }
  return parts
}
